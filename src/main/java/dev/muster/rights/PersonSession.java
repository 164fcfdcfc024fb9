package dev.muster.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A browser in which somebody has signed in, from an address with a program. */
public record PersonSession(
        String id,
        Subject subject,
        @Nullable String address,
        @Nullable String agent,
        Instant createdAt,
        Instant expiresAt) {}
