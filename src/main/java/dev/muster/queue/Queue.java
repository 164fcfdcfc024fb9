package dev.muster.queue;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.queue.QueueSpec;
import org.jspecify.annotations.Nullable;

/** A queue and the team that may use it; no team: every team may. */
public record Queue(QueueSpec spec, @Nullable TeamName team) {
    public QueueName name() {
        return spec.name();
    }
}
