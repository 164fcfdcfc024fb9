package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** How an attempt or job ended: SUCCEEDED, FAILED, CANCELLED, EVICTED, SUSPENDED, EXPIRED; {@code category} only where it did not succeed. */
public record Outcome(
        String result,
        @Nullable String category,
        @Nullable String role,
        @Nullable Integer exitCode,
        @Nullable String message) {}
