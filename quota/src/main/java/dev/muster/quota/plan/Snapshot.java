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
 * {@code launchedLately} are the launches of the last 60 s whose attempts have ended since; {@code aboveSince} since when a queue
 * has held more than its capability ({@link Plan#above}).
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
        List<Expansion> expansions,
        List<PastLaunch> launchedLately,
        Map<QueueName, Instant> aboveSince) {
    public Snapshot {
        queues = List.copyOf(queues);
        nodes = List.copyOf(nodes);
        pending = Roster.ofWaiting(pending);
        live = Roster.ofLiving(live);
        decayedUse = Map.copyOf(decayedUse);
        expansions = List.copyOf(expansions);
        launchedLately = List.copyOf(launchedLately);
        aboveSince = Map.copyOf(aboveSince);
    }

    /** No pool may grow, no launch of late is over, no queue is above its capability. */
    public Snapshot(
            Instant now,
            List<QueueSpec> queues,
            List<Node> nodes,
            List<PendingJob> pending,
            List<LiveAttempt> live,
            PlanSettings settings,
            Map<QueueName, Resources> decayedUse,
            int evictedLately) {
        this(now, queues, nodes, pending, live, settings, decayedUse, evictedLately, List.of(), List.of(), Map.of());
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
        return new Snapshot(
                now,
                queues,
                nodes,
                pending,
                live,
                settings,
                usedOfLate,
                evictedLately,
                expansions,
                launchedLately,
                aboveSince);
    }

    /** So many gangs were evicted in the last 60 s. */
    public Snapshot withEvictedLately(int gangs) {
        return new Snapshot(
                now, queues, nodes, pending, live, settings, decayedUse, gangs, expansions, launchedLately, aboveSince);
    }

    /** Pools may grow so. */
    public Snapshot withExpansions(List<Expansion> growth) {
        return new Snapshot(
                now,
                queues,
                nodes,
                pending,
                live,
                settings,
                decayedUse,
                evictedLately,
                growth,
                launchedLately,
                aboveSince);
    }

    /** These began in the last 60 s and have ended. */
    public Snapshot withLaunchedLately(List<PastLaunch> launches) {
        return new Snapshot(
                now,
                queues,
                nodes,
                pending,
                live,
                settings,
                decayedUse,
                evictedLately,
                expansions,
                launches,
                aboveSince);
    }

    /** These queues have held more than their capability since then. */
    public Snapshot withAboveSince(Map<QueueName, Instant> above) {
        return new Snapshot(
                now,
                queues,
                nodes,
                pending,
                live,
                settings,
                decayedUse,
                evictedLately,
                expansions,
                launchedLately,
                above);
    }

    /** The same with other jobs. */
    public Snapshot with(List<PendingJob> waiting, List<LiveAttempt> living) {
        return new Snapshot(
                now,
                queues,
                nodes,
                waiting,
                living,
                settings,
                decayedUse,
                evictedLately,
                expansions,
                launchedLately,
                aboveSince);
    }

    /** The same under another policy. */
    public Snapshot with(PlanSettings other) {
        return new Snapshot(
                now,
                queues,
                nodes,
                pending,
                live,
                other,
                decayedUse,
                evictedLately,
                expansions,
                launchedLately,
                aboveSince);
    }

    /** The same with other queues. */
    public Snapshot withQueues(List<QueueSpec> others) {
        return new Snapshot(
                now,
                others,
                nodes,
                pending,
                live,
                settings,
                decayedUse,
                evictedLately,
                expansions,
                launchedLately,
                aboveSince);
    }
}
