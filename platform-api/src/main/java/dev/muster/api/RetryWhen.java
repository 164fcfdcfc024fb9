package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** What a retry rule looks at. */
public record RetryWhen(
        @Nullable String category,
        @Nullable Integer exitCode,
        @Nullable String role) {}
