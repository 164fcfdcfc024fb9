package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a queue holds now, and the values in force after inheritance: {@code inForce} is what the planner used last, absent where another
 * replica plans; {@code preview}, of a write that only validates, what it would do to jobs. {@code temporary} is what it has for a time beside the amounts of its spec; both together are in force.
 */
public record QueueStatus(
        Map<String, String> used,
        @Nullable Map<String, String> effectiveCapability,
        int pending,
        int running,
        List<String> children,
        @Nullable QueueInForce inForce,
        @Nullable QueuePreview preview,
        @Nullable List<TemporaryQuota> temporary) {}
