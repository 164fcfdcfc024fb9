package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The world, frozen for one cycle. The order of the lists does not matter to the plan. {@code decayedUse} is what each leaf
 * used of late ({@link DecayedUse}); where it is not empty the turns of queues go by it instead of by what they hold now.
 * {@code evictedLately} is how many gangs were evicted in the last 60 s. {@code expansions} say what pools may still grow.
 */
public record Snapshot(
        Instant now,
        List<QueueSpec> queues,
        List<Node> nodes,
        List<PendingJob> pending,
        List<LiveAttempt> live,
        PlanSettings settings,
        Map<QueueName, Resources> decayedUse,
        int evictedLately,
        List<Expansion> expansions) {
    public Snapshot {
        queues = List.copyOf(queues);
        nodes = List.copyOf(nodes);
        pending = pending instanceof Roster ? pending : List.copyOf(pending);
        live = live instanceof Roster ? live : List.copyOf(live);
        decayedUse = Map.copyOf(decayedUse);
        expansions = List.copyOf(expansions);
    }

    /** No pool may grow. */
    public Snapshot(
            Instant now,
            List<QueueSpec> queues,
            List<Node> nodes,
            List<PendingJob> pending,
            List<LiveAttempt> live,
            PlanSettings settings,
            Map<QueueName, Resources> decayedUse,
            int evictedLately) {
        this(now, queues, nodes, pending, live, settings, decayedUse, evictedLately, List.of());
    }

    /** Turns go by what queues hold now. */
    public Snapshot(
            Instant now,
            List<QueueSpec> queues,
            List<Node> nodes,
            List<PendingJob> pending,
            List<LiveAttempt> live,
            PlanSettings settings) {
        this(now, queues, nodes, pending, live, settings, Map.of(), 0);
    }

    /** Turns go by what queues used of late. */
    public Snapshot with(Map<QueueName, Resources> usedOfLate) {
        return new Snapshot(now, queues, nodes, pending, live, settings, usedOfLate, evictedLately, expansions);
    }

    /** So many gangs were evicted in the last 60 s. */
    public Snapshot withEvictedLately(int gangs) {
        return new Snapshot(now, queues, nodes, pending, live, settings, decayedUse, gangs, expansions);
    }

    /** Pools may grow so. */
    public Snapshot withExpansions(List<Expansion> growth) {
        return new Snapshot(now, queues, nodes, pending, live, settings, decayedUse, evictedLately, growth);
    }
}
