package dev.muster.simulation.placement;

import java.util.List;

/** Machines by score, the highest first, and of equals the one that was named first: a heap, since few of them are taken. */
final class Ranking {
    private final List<Machine> machines;
    private final double[] scores;
    private final int[] heap;
    private int size;

    Ranking(List<Machine> machines, double[] scores) {
        this.machines = machines;
        this.scores = scores;
        this.heap = new int[scores.length];
        this.size = scores.length;
        for (int i = 0; i < size; i++) {
            heap[i] = i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    Machine takeBest() {
        int best = heap[0];
        heap[0] = heap[--size];
        sink(0);
        return machines.get(best);
    }

    private void sink(int from) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBetter(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBetter(heap[child], heap[at])) {
                return;
            }
            int moved = heap[at];
            heap[at] = heap[child];
            heap[child] = moved;
            at = child;
        }
    }

    private boolean isBetter(int one, int other) {
        return scores[one] > scores[other] || (scores[one] == scores[other] && one < other);
    }
}
