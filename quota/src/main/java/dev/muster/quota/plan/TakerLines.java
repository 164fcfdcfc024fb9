package dev.muster.quota.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Of every queue those who may take room from others, one of each group, the first of its order in front. They are known by numbers, and
 * a queue is put in order when its first goes: most often a few have a turn, and the rest are told all together.
 */
final class TakerLines {
    private final JobOrder.Inside order;
    private final Sieve sieve;
    private final TakersByGroup takers;
    /** Of the groups, those of a queue side by side. */
    private final int[] numbers;

    private final long[] keys;
    private final int[] start;
    private final int[] size;
    /** True where the queue is a heap; before, only its first stands where it belongs. */
    private final boolean[] ordered;
    /** The first of each queue, as far as somebody asked. */
    private final @Nullable Entry[] first;

    private int left;

    /** Of those that are {@code wanted}, by the numbers of their groups. */
    TakerLines(World world, Sieve sieve, TakersByGroup takers, IntPredicate wanted) {
        this.order = world.insideAQueue;
        this.sieve = sieve;
        this.takers = takers;
        int queues = world.ledger.queues();
        start = new int[queues];
        size = new int[queues];
        ordered = new boolean[queues];
        first = new Entry[queues];
        int[] all = new int[takers.size()];
        for (int i = 0; i < all.length; i++) {
            int number = takers.number(i);
            if (wanted.test(number)) {
                all[left++] = number;
                size[world.crowd.queue(number)]++;
            }
        }
        for (int q = 1; q < queues; q++) {
            start[q] = start[q - 1] + size[q - 1];
        }
        numbers = new int[left];
        keys = new long[left];
        int[] end = start.clone();
        for (int i = 0; i < left; i++) {
            int queue = world.crowd.queue(all[i]);
            add(all[i], end[queue]++, start[queue]);
        }
    }

    /** At the end of its queue, or in front where it goes before the first so far. */
    private void add(int number, int at, int front) {
        long key = order.ages() ? order.key((PendingJob) takers.first(number)) : takers.key(number);
        boolean goesFirst = at > front && isBefore(key, number, keys[front], numbers[front]);
        int to = at;
        if (goesFirst) {
            move(front, at);
            to = front;
        }
        numbers[to] = number;
        keys[to] = key;
    }

    /** The one of this group. */
    Entry taker(int number) {
        return sieve.taker(takers, number);
    }

    int left() {
        return left;
    }

    boolean isEmpty(int queue) {
        return size[queue] == 0;
    }

    @Nullable
    Entry first(int queue) {
        if (size[queue] > 0 && first[queue] == null) {
            first[queue] = taker(numbers[start[queue]]);
        }
        return first[queue];
    }

    /** Those that are left, in no order. */
    List<Entry> all() {
        List<Entry> all = new ArrayList<>(left);
        for (int q = 0; q < start.length; q++) {
            for (int i = 0; i < size[q]; i++) {
                Entry known = i == 0 ? first[q] : null;
                all.add(known == null ? taker(numbers[start[q] + i]) : known);
            }
        }
        return all;
    }

    /** The same lines with those of the left alone that are {@code wanted}. */
    TakerLines only(World world, IntPredicate wanted) {
        BitSet these = new BitSet();
        for (int q = 0; q < start.length; q++) {
            for (int i = start[q]; i < start[q] + size[q]; i++) {
                these.set(numbers[i]);
            }
        }
        return new TakerLines(world, sieve, takers, number -> these.get(number) && wanted.test(number));
    }

    /** Of each queue the first of those left that wait for nodes. */
    List<Entry> firstThatWait() {
        List<Entry> firsts = new ArrayList<>();
        for (int q = 0; q < start.length; q++) {
            int best = -1;
            for (int i = start[q]; i < start[q] + size[q]; i++) {
                if ((best < 0 || isBefore(keys[i], numbers[i], keys[best], numbers[best]))
                        && sieve.waitsForNodes(takers, numbers[i])) {
                    best = i;
                }
            }
            if (best >= 0) {
                firsts.add(taker(numbers[best]));
            }
        }
        return firsts;
    }

    void removeFirst(int queue) {
        int from = start[queue];
        move(from + --size[queue], from);
        left--;
        first[queue] = null;
        if (ordered[queue]) {
            if (size[queue] > 1) {
                sink(queue, 0);
            }
        } else {
            ordered[queue] = true;
            for (int i = size[queue] / 2 - 1; i >= 0; i--) {
                sink(queue, i);
            }
        }
    }

    private void move(int from, int to) {
        numbers[to] = numbers[from];
        keys[to] = keys[from];
    }

    private void sink(int queue, int from) {
        int base = start[queue];
        int end = base + size[queue];
        int at = base + from;
        int number = numbers[at];
        long key = keys[at];
        for (int child = 2 * at - base + 1; child < end; child = 2 * at - base + 1) {
            if (child + 1 < end && isBefore(keys[child + 1], numbers[child + 1], keys[child], numbers[child])) {
                child++;
            }
            if (!isBefore(keys[child], numbers[child], key, number)) {
                break;
            }
            move(child, at);
            at = child;
        }
        numbers[at] = number;
        keys[at] = key;
    }

    private boolean isBefore(long key, int number, long other, int otherNumber) {
        return key != other
                ? key < other
                : order.compare((PendingJob) takers.first(number), (PendingJob) takers.first(otherNumber)) < 0;
    }
}
