package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a queue holds now, and the values in force after inheritance. */
public record QueueStatus(
        Map<String, String> used,
        @Nullable Map<String, String> effectiveCapability,
        int pending,
        int running,
        List<String> children) {}
