package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue has in one pool, beside its amounts over all pools. Absent: nothing is said of this pool. {@code weights}: its part
 * of what is left over there, of resources whose deserved there is said.
 */
public record QueueAmounts(
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        @Nullable Map<String, Integer> weights) {
    /** Weighing as everywhere. */
    public QueueAmounts(
            @Nullable Map<String, String> guarantee,
            @Nullable Map<String, String> deserved,
            @Nullable Map<String, String> capability) {
        this(guarantee, deserved, capability, null);
    }
}
