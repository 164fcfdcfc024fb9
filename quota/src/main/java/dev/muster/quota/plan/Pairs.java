package dev.muster.quota.plan;

import java.util.Arrays;

/** Numbers of pairs of numbers, none of them below 0. */
final class Pairs {
    private static final int FREE = Numbers.UNKNOWN;

    private long[] keys = new long[64];
    private int[] numbers = free(64);
    private int size;

    private static int[] free(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, FREE);
        return numbers;
    }

    private static long key(int one, int other) {
        return (long) one << 32 | other;
    }

    /** {@link Numbers#UNKNOWN} where it was not put. */
    int of(int one, int other) {
        return numbers[place(key(one, other))];
    }

    /** The pair must be unknown so far. */
    void put(int one, int other, int number) {
        if (2 * ++size > keys.length) {
            grow();
        }
        store(key(one, other), number);
    }

    private void store(long key, int number) {
        int place = place(key);
        keys[place] = key;
        numbers[place] = number;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 4];
        numbers = free(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != FREE) {
                store(oldKeys[i], oldNumbers[i]);
            }
        }
    }

    /** Where it stands, or a free place for it. */
    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (numbers[at] != FREE && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
