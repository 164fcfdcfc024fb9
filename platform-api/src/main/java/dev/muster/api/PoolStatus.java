package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is in a pool now: per node what may be requested and what is, and what is known of what it may grow by. */
public record PoolStatus(
        int readyNodes,
        Map<String, String> allocatable,
        Map<String, String> used,
        int pods,
        @Nullable List<NodeUse> nodes,
        @Nullable OfferingStatus offering) {
    /** One node. */
    public record NodeUse(
            String name, boolean ready, Map<String, String> allocatable, Map<String, String> used, int pods) {}
}
