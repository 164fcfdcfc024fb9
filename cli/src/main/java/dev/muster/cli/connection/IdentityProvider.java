package dev.muster.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * An identity provider that a service trusts, and by which it lets the command sign somebody in: the person opens a page wherever
 * they have a browser and types in a code; what comes of it is renewed as long as the provider lets us.
 */
public record IdentityProvider(String name, String label, URI issuer, String clientId, String scopes) {

    /** What a person is asked to do. */
    public record Task(String address, String code) {}

    /** The providers of the service; none where it is of before there were any. */
    public static List<IdentityProvider> of(URI server) {
        String base = server.toString().replaceAll("/+$", "");
        ProviderCalls.Answer answer = ProviderCalls.get(URI.create(base + "/sign-in/issuers"));
        List<IdentityProvider> all = new ArrayList<>();
        if (answer.isGood()) {
            answer.content()
                    .path("items")
                    .forEach(item -> all.add(new IdentityProvider(
                            item.path("name").asText(),
                            item.path("label").asText(),
                            ProviderCalls.safe(item.path("issuer").asText()),
                            item.path("clientId").asText(),
                            item.path("scopes").asText())));
        }
        return all;
    }

    /** Signs somebody in, who is told what to do; takes as long as they need, at most as long as the provider waits. */
    public SignedIn signIn(Consumer<Task> ask, InstantSource clock) {
        return signIn(ask, clock, IdentityProvider::pause);
    }

    SignedIn signIn(Consumer<Task> ask, InstantSource clock, LongConsumer pause) {
        String base = issuer.toString().replaceAll("/+$", "");
        JsonNode discovery = ProviderCalls.get(URI.create(base + "/.well-known/openid-configuration"))
                .good();
        String begin = discovery.path("device_authorization_endpoint").asText();
        if (begin.isEmpty()) {
            throw SignInFailed.refused(
                    "%s lets no command sign in: it has no device_authorization_endpoint".formatted(label),
                    "Sign in with a token: muster login URL --by-token");
        }
        URI tokens = ProviderCalls.safe(discovery.path("token_endpoint").asText());
        JsonNode device = ProviderCalls.post(
                        ProviderCalls.safe(begin), Map.of("client_id", clientId, "scope", ("openid " + scopes).strip()))
                .good();
        String complete = device.path("verification_uri_complete").asText();
        ask.accept(new Task(
                complete.isEmpty() ? device.path("verification_uri").asText() : complete,
                device.path("user_code").asText()));
        JsonNode given = new DeviceFlow(clock, pause).await(device, tokens, clientId);
        String revocation = discovery.path("revocation_endpoint").asText();
        return SignedIn.by(given, tokens, revocation.isEmpty() ? null : URI.create(revocation), clientId, clock);
    }

    private static void pause(long seconds) {
        try {
            Thread.sleep(seconds * 1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SignInFailed.refused("Interrupted while signing in", "Begin again: muster login URL");
        }
    }
}
