package dev.muster.pool;

import dev.muster.quota.name.QueueName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * So many nodes of a pool are to be there before anybody needs them: from each tick of {@code cron} on for as long as it {@code lasts},
 * where a job in {@code queue} has waited longer than {@code after}, or always where neither is said.
 */
public record Warm(
        int nodes,
        @Nullable String cron,
        @Nullable String zone,
        @Nullable Duration lasts,
        @Nullable QueueName queue,
        @Nullable Duration after) {
    public Warm {
        if (nodes < 1 || (cron == null) != (lasts == null) || (queue == null) != (after == null)) {
            throw new IllegalArgumentException(
                    "Warm nodes: %d, cron %s for %s, queue %s after %s: expected 1 or more, each with its other half"
                            .formatted(nodes, cron, lasts, queue, after));
        }
    }
}
