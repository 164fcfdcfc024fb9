package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator tunes of the planner. {@code spec} holds what differs from the standard, nested as in
 * {@code {eviction: {minRunTime: 10m}}}; {@code GET /policy/fields} says what there is.
 */
public record Policy(
        @Nullable String kind,
        @Nullable Metadata metadata,
        Map<String, Object> spec,
        @Nullable PolicyStatus status) {
    public static final String KIND = "Policy";
}
