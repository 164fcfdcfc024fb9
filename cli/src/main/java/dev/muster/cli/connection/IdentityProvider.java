package dev.muster.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.client.Json;
import dev.muster.cli.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider that a service trusts, and by which it lets the command sign somebody in: the person opens a page wherever
 * they have a browser and types in a code (RFC 8628); what comes of it is renewed as long as the provider lets us.
 */
public record IdentityProvider(String name, String label, URI issuer, String clientId, String scopes) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** What a person is asked to do. */
    public record Task(String address, String code) {}

    /** The providers of the service; none where it is of before there were any. */
    public static List<IdentityProvider> of(URI server) {
        String base = server.toString().replaceAll("/+$", "");
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(base + "/sign-in/issuers")).GET());
        List<IdentityProvider> all = new ArrayList<>();
        if (answer.statusCode() == 200) {
            read(answer)
                    .path("items")
                    .forEach(item -> all.add(new IdentityProvider(
                            item.path("name").asText(),
                            item.path("label").asText(),
                            safe(item.path("issuer").asText()),
                            item.path("clientId").asText(),
                            item.path("scopes").asText())));
        }
        return all;
    }

    /** Signs somebody in, who is told what to do; takes as long as they need, at most as long as the provider waits. */
    public SignedIn signIn(Consumer<Task> ask, InstantSource clock) {
        JsonNode discovery = discovery();
        String begin = discovery.path("device_authorization_endpoint").asText();
        if (begin.isEmpty()) {
            throw new BadInput(
                    "%s lets no command sign in: it has no device_authorization_endpoint".formatted(label),
                    "Sign in with a token: muster login URL --by-token");
        }
        JsonNode device = good(post(safe(begin), Map.of("client_id", clientId, "scope", ("openid " + scopes).strip())));
        String complete = device.path("verification_uri_complete").asText();
        ask.accept(new Task(
                complete.isEmpty() ? device.path("verification_uri").asText() : complete,
                device.path("user_code").asText()));
        URI tokens = safe(discovery.path("token_endpoint").asText());
        Map<String, String> question = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                clientId,
                "device_code",
                device.path("device_code").asText());
        long pause = Math.max(1, device.path("interval").asLong(5));
        long end = clock.millis() + device.path("expires_in").asLong(600) * 1_000;
        while (clock.millis() < end) {
            pause(pause);
            HttpResponse<String> answer = post(tokens, question);
            String error =
                    answer.statusCode() == 200 ? "" : read(answer).path("error").asText();
            if (error.equals("slow_down")) {
                pause += 5;
            } else if (!error.equals("authorization_pending")) {
                return signedIn(good(answer), tokens, clientId, clock);
            }
        }
        throw new BadInput("Nobody typed in the code in time", "Try again: muster login URL");
    }

    /** A new token for one that ends; throws {@link BadInput} where the provider wants the person again. */
    static SignedIn renew(SignedIn old, InstantSource clock) {
        Map<String, String> question = Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                old.clientId(),
                "refresh_token",
                String.valueOf(old.refreshToken()));
        HttpResponse<String> answer = post(safe(old.tokens().toString()), question);
        if (answer.statusCode() == 400 || answer.statusCode() == 401) {
            throw new BadInput("You are not signed in any more", "Sign in again: muster login URL");
        }
        SignedIn renewed = signedIn(good(answer), old.tokens(), old.clientId(), clock);
        return renewed.refreshToken() == null ? renewed.with(old.refreshToken()) : renewed;
    }

    private JsonNode discovery() {
        String base = issuer.toString().replaceAll("/+$", "");
        return good(send(HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration"))
                .GET()));
    }

    private static SignedIn signedIn(JsonNode answer, URI tokens, String clientId, InstantSource clock) {
        @Nullable String refresh = answer.path("refresh_token").textValue();
        return new SignedIn(
                answer.path("access_token").asText(),
                refresh,
                clock.instant().plusSeconds(answer.path("expires_in").asLong(60)),
                tokens,
                clientId);
    }

    /** Secrets go by TLS, or to this machine. */
    private static URI safe(String address) {
        URI uri = Connection.parsed(address, "of the identity provider");
        if (!uri.getScheme().equals("https") && !LOOPBACK.contains(uri.getHost())) {
            throw new BadInput("The identity provider's address %s is not https: a token would be readable on its way"
                    .formatted(uri));
        }
        return uri;
    }

    private static HttpResponse<String> post(URI to, Map<String, String> fields) {
        String form = new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        HttpRequest made =
                request.header("Accept", "application/json").timeout(PATIENCE).build();
        try {
            return HTTP.send(made, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BadInput(
                    "%s does not answer: %s".formatted(made.uri(), e.getMessage()), "Is the address right? Try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("Interrupted while signing in");
        }
    }

    private static JsonNode good(HttpResponse<String> answer) {
        JsonNode content = read(answer);
        if (answer.statusCode() != 200) {
            String why = content.path("error_description")
                    .asText(content.path("error").asText("status " + answer.statusCode()));
            throw new BadInput("The identity provider refuses: " + dev.muster.cli.screen.Text.plain(why));
        }
        return content;
    }

    private static JsonNode read(HttpResponse<String> answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s answers no JSON".formatted(answer.uri()), e);
        }
    }

    private static void pause(long seconds) {
        try {
            Thread.sleep(seconds * 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("Interrupted while signing in");
        }
    }
}
