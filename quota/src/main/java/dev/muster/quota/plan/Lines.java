package dev.muster.quota.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of every queue the jobs that take part in a contest, the first of its order in front: heaps that lie side by side. */
final class Lines {
    private final JobOrder.Inside order;
    private final Entry[] entries;
    private final long[] keys;
    /** In which order they came, for those that are equal in all else. */
    private final int[] came;

    private final int[] start;
    private final int[] size;

    Lines(JobOrder.Inside order, int queues, List<Entry> all) {
        this.order = order;
        start = new int[queues];
        size = new int[queues];
        for (Entry entry : all) {
            size[entry.queue()]++;
        }
        for (int q = 1; q < queues; q++) {
            start[q] = start[q - 1] + size[q - 1];
        }
        int[] at = start.clone();
        entries = new Entry[all.size()];
        keys = new long[entries.length];
        came = new int[entries.length];
        for (Entry entry : all) {
            int place = at[entry.queue()]++;
            entries[place] = entry;
            keys[place] = entry.key(order);
            came[place] = place;
        }
        for (int q = 0; q < queues; q++) {
            for (int i = size[q] / 2 - 1; i >= 0; i--) {
                sink(q, i);
            }
        }
    }

    boolean isEmpty(int queue) {
        return size[queue] == 0;
    }

    @Nullable
    Entry first(int queue) {
        return size[queue] == 0 ? null : entries[start[queue]];
    }

    /** All that are left, in no order. */
    List<Entry> all() {
        List<Entry> left = new ArrayList<>(entries.length);
        for (int q = 0; q < start.length; q++) {
            for (int i = 0; i < size[q]; i++) {
                left.add(entries[start[q] + i]);
            }
        }
        return left;
    }

    void removeFirst(int queue) {
        int from = start[queue];
        int last = from + --size[queue];
        move(last, from);
        if (size[queue] > 1) {
            sink(queue, 0);
        }
    }

    private void move(int from, int to) {
        entries[to] = entries[from];
        keys[to] = keys[from];
        came[to] = came[from];
    }

    private void sink(int queue, int from) {
        int base = start[queue];
        int end = base + size[queue];
        int at = base + from;
        Entry moved = entries[at];
        long key = keys[at];
        int place = came[at];
        while (true) {
            int child = 2 * at - base + 1;
            if (child >= end) {
                break;
            }
            if (child + 1 < end && isBefore(child + 1, keys[child], entries[child], came[child])) {
                child++;
            }
            if (!isBefore(child, key, moved, place)) {
                break;
            }
            move(child, at);
            at = child;
        }
        entries[at] = moved;
        keys[at] = key;
        came[at] = place;
    }

    private boolean isBefore(int at, long key, Entry entry, int place) {
        if (keys[at] != key) {
            return keys[at] < key;
        }
        int byOrder = order.compare(entries[at].job(), entry.job());
        return byOrder != 0 ? byOrder < 0 : came[at] < place;
    }
}
