package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a team has now; {@code onDemand} where one team is asked for. */
public record TeamStatus(
        Map<String, Integer> jobsByState, @Nullable OnDemand onDemand) {
    /** Within the last {@code period} it may spend {@code budget} on nodes that are not spot for roles with {@code spot: first}. */
    public record OnDemand(String budget, String spent, String period) {}
}
