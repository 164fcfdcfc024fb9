package dev.muster.quota.queue;

import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a queue has in one pool: further conditions beside its amounts over all pools, never instead of them. Of {@code
 * deserved} and {@code capability} a name that is absent (or null as a whole) says nothing of this pool; 0 is said too.
 */
public record PoolAmounts(
        Resources guarantee,
        @Nullable Resources deserved,
        @Nullable Resources capability) {
    /** Those that are said. */
    public List<Resources> all() {
        return Stream.of(guarantee, deserved, capability)
                .filter(Objects::nonNull)
                .toList();
    }
}
