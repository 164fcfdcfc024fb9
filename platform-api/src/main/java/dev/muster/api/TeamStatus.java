package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a team has now; {@code onDemand} and {@code rush} where one team is asked for. */
public record TeamStatus(
        Map<String, Integer> jobsByState,
        @Nullable OnDemand onDemand,
        @Nullable RushLeft rush) {
    /** Within the last {@code period} it may spend {@code budget} on nodes that are not spot for roles with {@code spot: first}. */
    public record OnDemand(String budget, String spent, String period) {}

    /** So many jobs that may evict others the caller may submit for it now; {@code nextAt}: when the next is free, where there is none. */
    public record RushLeft(int left, @Nullable Instant nextAt) {}
}
