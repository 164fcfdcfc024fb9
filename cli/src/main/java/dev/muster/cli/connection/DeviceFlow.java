package dev.muster.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Asks an identity provider, again and again but no more often than it wants to be asked, whether the person has typed in the code
 * (RFC 8628). A provider that is away for a moment ends nothing.
 */
final class DeviceFlow {
    private static final long USUAL_INTERVAL = 5;
    private static final long USUAL_LIFE = 600;
    private static final long SLOWER = 5;
    private static final long SLOWEST = 60;

    private final InstantSource clock;
    private final LongConsumer pause;

    /** {@code pause}: waits for so many seconds. */
    DeviceFlow(InstantSource clock, LongConsumer pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** What the provider gives when the person is through; {@code device}: what it said when it was asked for a code. */
    JsonNode await(JsonNode device, URI tokens, String clientId) {
        Map<String, String> question = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                clientId,
                "device_code",
                device.path("device_code").asText());
        long interval = Math.max(1, device.path("interval").asLong(USUAL_INTERVAL));
        long end = clock.millis() + device.path("expires_in").asLong(USUAL_LIFE) * 1_000;
        while (clock.millis() < end) {
            pause.accept(interval);
            Optional<ProviderCalls.Answer> asked = asked(tokens, question);
            if (asked.isEmpty()) {
                interval = Math.min(SLOWEST, interval * 2);
                continue;
            }
            ProviderCalls.Answer answer = asked.get();
            switch (answer.error()) {
                case "authorization_pending" -> {}
                case "slow_down" -> interval += SLOWER;
                case "expired_token" -> throw tooLate();
                case "access_denied" ->
                    throw SignInFailed.refused(
                            "You are not signed in: it was declined", "Begin again: muster login URL");
                default -> {
                    return answer.good();
                }
            }
        }
        throw tooLate();
    }

    /** Empty: nobody answers, or says that it cannot now. */
    private static Optional<ProviderCalls.Answer> asked(URI tokens, Map<String, String> question) {
        try {
            return Optional.of(ProviderCalls.post(tokens, question)).filter(answer -> answer.status() < 500);
        } catch (SignInFailed e) {
            if (e.isAway()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static SignInFailed tooLate() {
        return SignInFailed.refused("Nobody typed in the code in time", "Begin again: muster login URL");
    }
}
