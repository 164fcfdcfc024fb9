package dev.muster.quota.plan;

import java.util.Arrays;

/** Queues of one parent, the one whose turn it is on top. Only the top may change its standing. */
final class TurnHeap {
    private final Before before;
    private int[] queues = new int[8];
    private int size;

    TurnHeap(Before before) {
        this.before = before;
    }

    /** Adds without order; {@link #order} follows. */
    void add(int queue) {
        if (size == queues.length) {
            queues = Arrays.copyOf(queues, size * 2);
        }
        queues[size++] = queue;
    }

    void order() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int first() {
        return queues[0];
    }

    void removeFirst() {
        queues[0] = queues[--size];
        sink(0);
    }

    /** Puts the top where it belongs now. */
    void sinkFirst() {
        sink(0);
    }

    private void sink(int from) {
        int at = from;
        int moved = queues[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before.test(queues[child + 1], queues[child])) {
                child++;
            }
            if (!before.test(queues[child], moved)) {
                break;
            }
            queues[at] = queues[child];
            at = child;
        }
        queues[at] = moved;
    }

    /** True where queue {@code a} goes before {@code b}. */
    @FunctionalInterface
    interface Before {
        boolean test(int a, int b);
    }
}
