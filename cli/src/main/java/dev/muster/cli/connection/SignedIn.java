package dev.muster.cli.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an identity provider gave somebody: a token for a short time, and what gets the next one at {@code tokens}. */
public record SignedIn(String token, @Nullable String refreshToken, Instant expiresAt, URI tokens, String clientId) {
    private static final Duration SOON = Duration.ofSeconds(30);

    boolean endsSoon(Instant now) {
        return !expiresAt.isAfter(now.plus(SOON));
    }

    SignedIn with(@Nullable String other) {
        return new SignedIn(token, other, expiresAt, tokens, clientId);
    }
}
