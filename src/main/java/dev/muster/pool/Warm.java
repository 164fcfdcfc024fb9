package dev.muster.pool;

import dev.muster.quota.name.QueueName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * So many nodes of a pool are to be there before anybody needs them: from each tick of {@code cron} on for as long as it {@code lasts},
 * where a job in {@code queue} has waited longer than {@code after}, as far as what schedules ask within the time {@code ahead} needs them, or
 * always where none of these is said. The {@code images} are to be on them; ahead of schedules also those of their pods.
 */
public record Warm(
        int nodes,
        @Nullable String cron,
        @Nullable String zone,
        @Nullable Duration lasts,
        @Nullable QueueName queue,
        @Nullable Duration after,
        @Nullable Duration ahead,
        List<String> images) {
    public Warm {
        images = images == null ? List.of() : List.copyOf(images); // what was declared before there were any has none
        if (nodes < 1 || (cron == null) != (lasts == null) || (queue == null) != (after == null)) {
            throw new IllegalArgumentException(
                    "Warm nodes: %d, cron %s for %s, queue %s after %s: expected 1 or more, each with its other half"
                            .formatted(nodes, cron, lasts, queue, after));
        }
        if (ahead != null && (cron != null || queue != null)) {
            throw new IllegalArgumentException(
                    "Warm nodes: ahead %s, cron %s, queue %s: expected ahead alone".formatted(ahead, cron, queue));
        }
    }

    /** Not by schedules. */
    public Warm(
            int nodes,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Duration lasts,
            @Nullable QueueName queue,
            @Nullable Duration after) {
        this(nodes, cron, zone, lasts, queue, after, null, List.of());
    }
}
