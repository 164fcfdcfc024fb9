package dev.muster.quota.fit;

import java.util.Arrays;

/** Numbers of which the least are wanted first, and mostly only a few: a heap that is put in order once all are there. */
final class Candidates {
    private long[] numbers = new long[64];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** In no order. */
    long get(int at) {
        return numbers[at];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    /** To be called when all have been added, before the first is taken. */
    void order() {
        for (int at = size / 2 - 1; at >= 0; at--) {
            sink(at);
        }
    }

    long takeLeast() {
        long least = numbers[0];
        numbers[0] = numbers[--size];
        sink(0);
        return least;
    }

    private void sink(int from) {
        int at = from;
        long number = numbers[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            child += child + 1 < size && numbers[child + 1] < numbers[child] ? 1 : 0;
            if (numbers[child] >= number) {
                break;
            }
            numbers[at] = numbers[child];
            at = child;
        }
        numbers[at] = number;
    }
}
