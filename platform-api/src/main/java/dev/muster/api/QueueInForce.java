package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the planner used last: after the queues above and the supply are looked at. {@code bookable}: how much more a job of the
 * queue may take now. {@code fence}: beyond which queue nobody is evicted for its jobs.
 */
public record QueueInForce(
        String state,
        Amounts amounts,
        @Nullable Map<String, Amounts> pools,
        Map<String, Integer> weights,
        @Nullable String fence,
        @Nullable Above above) {
    /** It holds more than its capability since then, and jobs of it are evicted from {@code givesWayFrom} on. */
    public record Above(Instant since, Instant givesWayFrom) {}

    /** Over all pools, or in one; a name that is absent is not limited. */
    public record Amounts(
            Map<String, String> guarantee,
            Map<String, String> deserved,
            Map<String, String> capability,
            Map<String, String> bookable) {}
}
