package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the waiting jobs of a snapshot have their turns, told job by job. Made once for many questions; safe for
 * several threads.
 */
public final class JobPlaces {
    private final World world;
    private final Shapes shapes;
    private final Map<QueueName, List<PendingJob>> waiting = new HashMap<>();

    private JobPlaces(Snapshot snapshot) {
        world = World.of(snapshot);
        shapes = new Shapes(world.index, world.places);
        snapshot.pending().forEach(job -> waiting.computeIfAbsent(job.queue(), queue -> new ArrayList<>())
                .add(job));
        waiting.values().forEach(jobs -> jobs.sort(world.insideAQueue));
    }

    public static JobPlaces in(Snapshot snapshot) {
        return new JobPlaces(snapshot);
    }

    /** Empty where the job does not wait, or its queue does not exist. */
    public synchronized Optional<JobPlace> of(JobId id) {
        for (List<PendingJob> jobs : waiting.values()) {
            for (int i = 0; i < jobs.size(); i++) {
                PendingJob job = jobs.get(i);
                if (job.id().equals(id)) {
                    int queue = world.ledger.number(job.queue());
                    return queue == Ledger.NONE ? Optional.empty() : Optional.of(place(job, queue, i, jobs.size()));
                }
            }
        }
        return Optional.empty();
    }

    private JobPlace place(PendingJob job, int queue, int before, int all) {
        Deque<Share> shares = new ArrayDeque<>();
        long[] asked = asked(job);
        for (int q = queue; q != Ledger.NONE; q = world.ledger.parent(q)) {
            shares.addFirst(Share.of(world, q, asked, job.since()));
        }
        Snapshot snapshot = world.snapshot;
        return new JobPlace(
                job.id(),
                List.copyOf(shares),
                JobOrder.of(job, snapshot.now(), snapshot.settings().aging()),
                job.since(),
                Duration.between(job.since(), snapshot.now()),
                before + 1,
                all);
    }

    private long[] asked(PendingJob job) {
        return world.asked(shapes.of(job.roles(), job.traits().oneZone(), Set.of()));
    }

    /**
     * The first jobs in turn, at most {@code most}, were there room for all that {@code count}: each that is taken counts as held
     * for those after it. The others do not compete, as in a cycle those do not that cannot start. May be asked once.
     */
    synchronized List<PendingJob> first(int most, Predicate<PendingJob> counts) {
        List<PendingJob> first = new ArrayList<>();
        int[] next = new int[world.ledger.queues()];
        while (first.size() < most) {
            int queue = queueInTurn(next, counts);
            if (queue == Ledger.NONE) {
                break;
            }
            PendingJob job = waiting.get(world.ledger.name(queue)).get(next[queue]++);
            world.ledger.add(queue, asked(job));
            first.add(job);
        }
        return first;
    }

    /** Of the queues with jobs left the one whose turn it is, level by level. */
    private int queueInTurn(int[] next, Predicate<PendingJob> counts) {
        int[] best = new int[world.ledger.queues()];
        Share[] shares = new Share[best.length];
        java.util.Arrays.fill(best, Ledger.NONE);
        int top = Ledger.NONE;
        Share topShare = null;
        List<Integer> deepestFirst = deepestFirst();
        for (int q : deepestFirst) {
            List<PendingJob> own = waiting.getOrDefault(world.ledger.name(q), List.of());
            while (next[q] < own.size() && !counts.test(own.get(next[q]))) {
                next[q]++;
            }
            // A job in a queue that has children goes before theirs.
            int leaf = next[q] < own.size() ? q : best[q];
            if (leaf == Ledger.NONE) {
                continue;
            }
            best[q] = leaf;
            PendingJob job = waiting.get(world.ledger.name(leaf)).get(next[leaf]);
            Share share = Share.of(world, q, asked(job), job.since());
            int parent = world.ledger.parent(q);
            if (parent == Ledger.NONE) {
                if (isBefore(share, topShare)) {
                    topShare = share;
                    top = leaf;
                }
            } else if (isBefore(share, shares[parent])) {
                shares[parent] = share;
                best[parent] = leaf;
            }
        }
        return top;
    }

    private static boolean isBefore(Share share, @Nullable Share other) {
        return other == null || share.compareTo(other) < 0;
    }

    private List<Integer> deepestFirst() {
        Ledger ledger = world.ledger;
        int[] depth = new int[ledger.queues()];
        List<Integer> order = new ArrayList<>();
        for (int q = 0; q < depth.length; q++) {
            for (int p = ledger.parent(q); p != Ledger.NONE; p = ledger.parent(p)) {
                depth[q]++;
            }
            order.add(q);
        }
        order.sort((a, b) -> Integer.compare(depth[b], depth[a]));
        return order;
    }
}
