package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * Many alike jobs as one: {@code size} of them, numbered from 0, or those of {@code indices} such as {@code 0-9,20,30-90:10}; at most
 * {@code parallelism} of them at once.
 */
public record ArraySpec(
        @Nullable Integer size,
        @Nullable String indices,
        @Nullable Integer parallelism) {}
