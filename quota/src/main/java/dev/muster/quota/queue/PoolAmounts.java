package dev.muster.quota.queue;

import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a queue has in one pool: further conditions beside its amounts over all pools, never instead of them. Of {@code
 * deserved} and {@code capability} a name that is absent (or null as a whole) says nothing of this pool; 0 is said too.
 * {@code weights}: its part of what is left over of resources of this pool, where that differs; what is left over is what is
 * above deserved, so that must be said there.
 */
public record PoolAmounts(
        Resources guarantee,
        @Nullable Resources deserved,
        @Nullable Resources capability,
        Map<String, Integer> weights) {
    public PoolAmounts {
        weights = Map.copyOf(weights);
        for (Map.Entry<String, Integer> one : weights.entrySet()) {
            if (one.getValue() < 1) {
                throw new IllegalArgumentException(
                        "Bad weight %d of %s in a pool: expected 1 or more".formatted(one.getValue(), one.getKey()));
            }
            if (deserved == null || !deserved.names().contains(one.getKey())) {
                throw new IllegalArgumentException(
                        "Bad weight %d of %s in a pool: expected deserved of %s there beside it, 0 will do"
                                .formatted(one.getValue(), one.getKey(), one.getKey()));
            }
        }
    }

    /** Weighing as everywhere. */
    public PoolAmounts(Resources guarantee, @Nullable Resources deserved, @Nullable Resources capability) {
        this(guarantee, deserved, capability, Map.of());
    }

    /** Those that are said. */
    public List<Resources> all() {
        return Stream.of(guarantee, deserved, capability)
                .filter(Objects::nonNull)
                .toList();
    }
}
