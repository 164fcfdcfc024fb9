package dev.muster.rights;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A browser in which somebody has signed in, from an address with a program; {@code issuer}, null: by a password of this
 * installation, has said that they are in these {@code groups}.
 */
public record PersonSession(
        String id,
        Subject subject,
        @Nullable String address,
        @Nullable String agent,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String issuer,
        List<String> groups) {
    public PersonSession {
        groups = List.copyOf(groups);
    }
}
