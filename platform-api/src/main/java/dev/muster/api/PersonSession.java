package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A browser in which somebody has signed in by password. */
public record PersonSession(
        String id,
        String subject,
        @Nullable String address,
        @Nullable String agent,
        Instant createdAt,
        Instant expiresAt) {}
