package dev.muster.cycle;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one part of a snapshot with which it cannot be planned: by halves, so with as many plans as the number of parts has
 * binary digits. What runs is in the ledger in every trial.
 */
final class Culprit {
    private final Snapshot snapshot;
    private final Consumer<Snapshot> planner;
    private final List<PoolName> pools;

    private Culprit(Snapshot snapshot, Consumer<Snapshot> planner) {
        this.snapshot = snapshot;
        this.planner = planner;
        this.pools = Stream.concat(
                        snapshot.nodes().stream().map(Node::pool),
                        snapshot.expansions().stream()
                                .map(growth -> growth.spec().offering().pool()))
                .distinct()
                .sorted()
                .toList();
    }

    record Found(Suspect suspect, RuntimeException failure) {}

    /** {@code failure} is what came of the whole; empty where nothing that can be left aside is at fault. */
    static Optional<Found> in(Snapshot snapshot, RuntimeException failure, Consumer<Snapshot> planner) {
        return new Culprit(snapshot, planner).search(failure);
    }

    /** A queue that waits for its mend: what it is promised and may hold at most stays, and nothing starts in it. */
    static QueueSpec plain(QueueSpec queue) {
        return new QueueSpec(
                queue.name(),
                queue.parent(),
                queue.guarantee(),
                queue.deserved(),
                queue.capability(),
                1,
                QueueState.DRAINING);
    }

    /** What is held of it is held, and nothing else is known: it neither grows nor shrinks nor gives way. */
    static LiveAttempt plain(LiveAttempt attempt) {
        return new LiveAttempt(attempt.id(), attempt.queue(), attempt.priority(), attempt.since(), attempt.pods());
    }

    private Optional<Found> search(RuntimeException ofTheWhole) {
        if (failure(0) != null) {
            return Optional.empty();
        }
        RuntimeException failure = ofTheWhole;
        int planned = 0;
        int failed = snapshot.queues().size()
                + pools.size()
                + snapshot.live().size()
                + snapshot.pending().size();
        if (failed == 0) {
            return Optional.empty();
        }
        while (failed - planned > 1) {
            int middle = (planned + failed) >>> 1;
            RuntimeException trouble = failure(middle);
            if (trouble == null) {
                planned = middle;
            } else {
                failed = middle;
                failure = trouble;
            }
        }
        return Optional.of(new Found(part(planned), failure));
    }

    private @Nullable RuntimeException failure(int parts) {
        try {
            planner.accept(first(parts));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private Suspect part(int number) {
        int at = number;
        if (at < snapshot.queues().size()) {
            return new Suspect(
                    Suspect.Kind.QUEUE, snapshot.queues().get(at).name().value());
        }
        at -= snapshot.queues().size();
        if (at < pools.size()) {
            return new Suspect(Suspect.Kind.POOL, pools.get(at).value());
        }
        at -= pools.size();
        if (at < snapshot.live().size()) {
            return new Suspect(
                    Suspect.Kind.RUNNING, snapshot.live().get(at).id().job().value());
        }
        at -= snapshot.live().size();
        return new Suspect(Suspect.Kind.WAITING, snapshot.pending().get(at).id().value());
    }

    /** The first so many parts as they are; of the others queues and running attempts plain, pools and waiting jobs not at all. */
    private Snapshot first(int parts) {
        int queues = Math.min(parts, snapshot.queues().size());
        int left = parts - queues;
        Set<PoolName> known = new HashSet<>(pools.subList(0, Math.min(left, pools.size())));
        left -= known.size();
        int live = Math.min(left, snapshot.live().size());
        left -= live;
        return new Snapshot(
                snapshot.now(),
                IntStream.range(0, snapshot.queues().size())
                        .mapToObj(i -> i < queues
                                ? snapshot.queues().get(i)
                                : plain(snapshot.queues().get(i)))
                        .toList(),
                snapshot.nodes().stream()
                        .filter(node -> known.contains(node.pool()))
                        .toList(),
                List.copyOf(snapshot.pending().subList(0, left)),
                IntStream.range(0, snapshot.live().size())
                        .mapToObj(i -> i < live
                                ? snapshot.live().get(i)
                                : plain(snapshot.live().get(i)))
                        .toList(),
                snapshot.settings(),
                snapshot.decayedUse(),
                snapshot.evictedLately(),
                without(snapshot.expansions(), known),
                snapshot.launchedLately(),
                snapshot.aboveSince());
    }

    private static List<Expansion> without(List<Expansion> expansions, Set<PoolName> known) {
        return expansions.stream()
                .filter(growth -> known.contains(growth.spec().offering().pool()))
                .toList();
    }
}
