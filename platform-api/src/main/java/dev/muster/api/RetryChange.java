package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * What the next attempt does in another way: {@code avoid} NODE or POOL, where the pod failed; {@code memory} times what its role
 * asked so far, above 1 to 4; {@code spot}: never. Bounded by the policy's {@code retry.mostMemory}.
 */
public record RetryChange(
        @Nullable String avoid,
        @Nullable Double memory,
        @Nullable String spot) {}
