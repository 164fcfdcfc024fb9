package dev.muster.quota.plan;

import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import java.time.Instant;
import java.util.List;

/** The world, frozen for one cycle. The order of the lists does not matter to the plan. */
public record Snapshot(
        Instant now,
        List<QueueSpec> queues,
        List<Node> nodes,
        List<PendingJob> pending,
        List<LiveAttempt> live,
        PlanSettings settings) {
    public Snapshot {
        queues = List.copyOf(queues);
        nodes = List.copyOf(nodes);
        pending = List.copyOf(pending);
        live = List.copyOf(live);
    }
}
