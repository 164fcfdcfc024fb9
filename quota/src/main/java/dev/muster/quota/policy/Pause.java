package dev.muster.quota.policy;

import dev.muster.quota.name.QueueName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody wants that nothing is launched or evicted: in a queue and those below it, or (null) in the whole cluster. */
public record Pause(@Nullable QueueName queue, String actor, String why, Instant since) {
    @Override
    public String toString() {
        return "%s is paused by %s since %s: %s"
                .formatted(queue == null ? "the cluster" : "queue " + queue, actor, since, why);
    }
}
