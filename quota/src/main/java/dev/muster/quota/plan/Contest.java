package dev.muster.quota.plan;

import dev.muster.quota.queue.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. At each level the child goes first that, with the job it would start next, stays within what it deserves,
 * by the largest part of it; after those the ones above, by what they hold above it in proportion to weight and supply. Of equals
 * goes first whose job has waited longer, then the name decides. Inside a queue: {@link JobOrder}.
 */
final class Contest {
    private final Ledger ledger;
    private final Use use;
    private final int width;
    private final Lines lines;
    private final @Nullable TakerLines takers;
    private final JobOrder.Inside order;
    /** The job that a queue, or one below it, would start next; null where none is left. */
    private final @Nullable Entry[] candidates;

    private final TurnHeap[] heaps;
    private final TurnHeap top;
    private final boolean[] above;
    private final double[] share;

    Contest(World world, List<Entry> entries) {
        this(world, entries, null);
    }

    /** Of both; one job is not among both. */
    Contest(World world, List<Entry> entries, @Nullable TakerLines takers) {
        this.takers = takers;
        this.order = world.insideAQueue;
        this.ledger = world.ledger;
        this.use = world.use;
        this.width = ledger.width();
        int queues = ledger.queues();
        lines = new Lines(world.insideAQueue, queues, entries);
        candidates = new Entry[queues];
        above = new boolean[queues];
        share = new double[queues];
        heaps = new TurnHeap[queues];
        top = new TurnHeap(this::before);
        boolean[] entered = new boolean[queues];
        for (int q = 0; q < queues; q++) {
            if (!isEmpty(q)) {
                enter(q, entered);
            }
        }
        for (TurnHeap heap : heapsFromTheLeaves()) {
            heap.order();
        }
    }

    private void enter(int queue, boolean[] entered) {
        for (int q = queue; q != Ledger.NONE && !entered[q]; q = ledger.parent(q)) {
            entered[q] = true;
            above(ledger.parent(q)).add(q);
        }
    }

    private TurnHeap above(int parent) {
        if (parent == Ledger.NONE) {
            return top;
        }
        if (heaps[parent] == null) {
            heaps[parent] = new TurnHeap(this::before);
        }
        return heaps[parent];
    }

    /** Deepest first, with the standing of every queue in them computed. */
    private List<TurnHeap> heapsFromTheLeaves() {
        List<Integer> active = new ArrayList<>();
        int[] depth = new int[ledger.queues()];
        for (int q = 0; q < depth.length; q++) {
            for (int p = ledger.parent(q); p != Ledger.NONE; p = ledger.parent(p)) {
                depth[q]++;
            }
            if (heaps[q] != null || !isEmpty(q)) {
                active.add(q);
            }
        }
        active.sort(Comparator.comparingInt((Integer q) -> -depth[q]).thenComparing(q -> q));
        List<TurnHeap> ordered = new ArrayList<>();
        for (int q : active) {
            if (heaps[q] != null) {
                heaps[q].order();
            }
            rate(q);
        }
        ordered.add(top);
        return ordered;
    }

    /** The job whose turn it is, null where none is left. It stays until {@link #done}. */
    @Nullable
    Entry next() {
        return top.isEmpty() ? null : candidates[top.first()];
    }

    /** Who did not have a turn yet, in no order; of those who may take room, {@link #takers} knows. */
    List<Entry> left() {
        return lines.all();
    }

    @Nullable
    TakerLines takers() {
        return takers;
    }

    private boolean isEmpty(int queue) {
        return lines.isEmpty(queue) && (takers == null || takers.isEmpty(queue));
    }

    private @Nullable Entry first(int queue) {
        Entry entry = lines.first(queue);
        Entry taker = takers == null ? null : takers.first(queue);
        return entry == null || (taker != null && order.isBefore(taker, entry)) ? taker : entry;
    }

    private @Nullable Entry candidate(int queue) {
        // A job in a queue that has children (it got them while the job waited) goes before theirs.
        Entry own = first(queue);
        TurnHeap heap = heaps[queue];
        return own != null || heap == null || heap.isEmpty() ? own : candidates[heap.first()];
    }

    /** Takes the job of {@link #next} out and puts its queue, and those above, where they belong now. */
    void done(Entry entry) {
        int queue = entry.queue();
        if (takers != null && takers.first(queue) == entry) {
            takers.removeFirst(queue);
        } else {
            lines.removeFirst(queue);
        }
        for (int q = queue; q != Ledger.NONE; q = ledger.parent(q)) {
            TurnHeap heap = above(ledger.parent(q));
            rate(q);
            if (candidates[q] == null) {
                heap.removeFirst();
            } else {
                heap.sinkFirst();
            }
        }
    }

    private void rate(int queue) {
        Entry entry = candidate(queue);
        candidates[queue] = entry;
        if (entry == null) {
            return;
        }
        long[] asked = entry.asked();
        double within = 0;
        double beyond = 0;
        for (int r = 0; r < width; r++) {
            if (asked[r] > 0) {
                double after = use.of(queue, r) + asked[r];
                double deserved = ledger.deserved(queue, r);
                within = Math.max(within, after / deserved);
                if (after > deserved) {
                    beyond = Math.max(
                            beyond, (after - deserved) / ((double) ledger.weight(queue, r) * ledger.supply(r)));
                }
            }
        }
        above[queue] = within > 1;
        share[queue] = within > 1 ? beyond : within;
    }

    private boolean before(int a, int b) {
        if (above[a] != above[b]) {
            return above[b];
        }
        if (share[a] != share[b]) {
            return share[a] < share[b];
        }
        int bySince = candidates[a].job().since().compareTo(candidates[b].job().since());
        return bySince != 0 ? bySince < 0 : a < b;
    }
}
