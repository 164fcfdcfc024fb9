package dev.muster.simulation.site;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.util.List;

/** Equal nodes of several offerings, {@code min} to {@code max} of them, {@code start} at the beginning. */
public record PoolSpec(
        PoolName name, Resources shape, int maxPods, int min, int max, int start, List<OfferingSpec> offerings) {
    public PoolSpec {
        offerings = List.copyOf(offerings);
        if (min < 0 || start < min || max < start || offerings.isEmpty()) {
            throw new IllegalArgumentException(
                    "Bad pool %s: min %d, start %d, max %d: expected 0 ≤ min ≤ start ≤ max, and an offering"
                            .formatted(name, min, start, max));
        }
    }
}
