package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A priority: {@code preemptionPolicy} Never or PreemptLowerPriority; exactly one class may be the default. */
public record PriorityClassSpec(
        int value,
        @Nullable String preemptionPolicy,
        @Nullable Boolean globalDefault,
        @Nullable String description) {}
