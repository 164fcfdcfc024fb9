package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** What a retry rule looks at; {@code lost}: pods were lost in that way, whatever failed the attempt. */
public record RetryWhen(
        @Nullable String category,
        @Nullable Integer exitCode,
        @Nullable String role,
        @Nullable String lost) {}
