package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a queue has in one pool, beside its amounts over all pools. Absent: nothing is said of this pool. */
public record QueueAmounts(
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability) {}
