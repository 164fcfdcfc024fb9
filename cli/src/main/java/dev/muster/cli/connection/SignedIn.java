package dev.muster.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cli.BadInput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider gave somebody: a token for a short time, what gets the next one at {@code tokens}, and where that is
 * given back, null: nowhere.
 */
public record SignedIn(
        String token,
        @Nullable String refreshToken,
        Instant expiresAt,
        URI tokens,
        @Nullable URI revocation,
        String clientId) {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CLIENT = "client_id";

    static SignedIn by(JsonNode answer, URI tokens, @Nullable URI revocation, String clientId, InstantSource clock) {
        String token = answer.path("access_token").asText();
        if (token.isEmpty()) {
            throw SignInFailed.away("%s gives no access_token".formatted(tokens), null);
        }
        return new SignedIn(
                token,
                answer.path("refresh_token").textValue(),
                clock.instant().plusSeconds(answer.path("expires_in").asLong(60)),
                tokens,
                revocation,
                clientId);
    }

    boolean endsSoon(Instant now) {
        return !expiresAt.isAfter(now.plus(SOON));
    }

    /** The next one, before this ends; fails where the provider wants to see the person again. */
    SignedIn renewed(InstantSource clock) {
        ProviderCalls.Answer answer = ProviderCalls.post(
                ProviderCalls.safe(tokens.toString()),
                Map.of("grant_type", "refresh_token", CLIENT, clientId, "refresh_token", String.valueOf(refreshToken)));
        if (answer.status() == 400 || answer.status() == 401) {
            throw SignInFailed.refused("You are not signed in any more", "Sign in again: muster login URL");
        }
        SignedIn next = by(answer.good(), tokens, revocation, clientId, clock);
        return next.refreshToken() == null
                ? new SignedIn(next.token(), refreshToken, next.expiresAt(), tokens, revocation, clientId)
                : next;
    }

    /** Gives it back, so that nobody gets a next one by it; false where the provider does not take it, or is away. */
    boolean givenBack() {
        if (revocation == null || refreshToken == null) {
            return false;
        }
        try {
            return ProviderCalls.post(
                            ProviderCalls.safe(revocation.toString()),
                            Map.of(CLIENT, clientId, "token", refreshToken, "token_type_hint", "refresh_token"))
                    .isGood();
        } catch (SignInFailed | BadInput e) {
            return false;
        }
    }
}
