package dev.muster.cli.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.client.Json;
import dev.muster.cli.BadInput;
import dev.muster.cli.screen.Text;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How an identity provider is asked: forms go there, JSON comes back; secrets go by TLS, or to this machine. */
final class ProviderCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private ProviderCalls() {}

    /** An answer: its status and what its JSON says; empty where there is none. */
    record Answer(URI from, int status, JsonNode content) {
        boolean isGood() {
            return status == 200;
        }

        /** The word of the protocol for what is wrong; empty where it says none. */
        String error() {
            return isGood() ? "" : content.path("error").asText();
        }

        /** What it says where it is good; else it fails with what is wrong. */
        JsonNode good() {
            if (isGood() && content.isObject()) {
                return content;
            }
            if (isGood() || status >= 500) {
                throw SignInFailed.away(
                        isGood() ? "%s answers no JSON".formatted(from) : "%s answers %d".formatted(from, status),
                        null);
            }
            String word = content.path("error").asText("status " + status);
            throw SignInFailed.refused(
                    "The identity provider refuses: "
                            + Text.plain(content.path("error_description").asText(word)),
                    "Sign in again: muster login URL");
        }
    }

    /** @throws BadInput where whoever listens on the way could read what is sent to the address */
    static URI safe(String address) {
        URI uri = Connection.parsed(address, "of the identity provider");
        if (!uri.getScheme().equals("https") && !LOOPBACK.contains(uri.getHost())) {
            throw new BadInput("The identity provider's address %s is not https: a token would be readable on its way"
                    .formatted(uri));
        }
        return uri;
    }

    static Answer get(URI from) {
        return send(HttpRequest.newBuilder(from).GET());
    }

    static Answer post(URI to, Map<String, String> fields) {
        String form = new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static Answer send(HttpRequest.Builder request) {
        HttpRequest made =
                request.header("Accept", "application/json").timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = HTTP.send(made, HttpResponse.BodyHandlers.ofString());
            return new Answer(made.uri(), answer.statusCode(), read(answer.body()));
        } catch (IOException e) {
            throw SignInFailed.away("%s does not answer: %s".formatted(made.uri(), why(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInFailed.refused("Interrupted while signing in", "Sign in again: muster login URL");
        }
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static JsonNode read(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return Json.mapper().missingNode();
        }
    }
}
