package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/** Numbers by object, where the same object and not an equal one is meant: one look-up costs a few nanoseconds. */
final class Numbers {
    static final int UNKNOWN = -1;

    private @Nullable Object[] keys = new Object[64];
    private int[] values = new int[64];
    private int size;

    int of(Object key) {
        int mask = keys.length - 1;
        for (int at = place(key) & mask; keys[at] != null; at = (at + 1) & mask) {
            if (keys[at] == key) {
                return values[at];
            }
        }
        return UNKNOWN;
    }

    /** {@code key} must be unknown so far. */
    void put(Object key, int value) {
        if (2 * ++size > keys.length) {
            grow();
        }
        store(key, value);
    }

    private void store(Object key, int value) {
        int mask = keys.length - 1;
        int at = place(key) & mask;
        while (keys[at] != null) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        values[at] = value;
    }

    private void grow() {
        @Nullable Object[] oldKeys = keys;
        int[] oldValues = values;
        keys = new Object[oldKeys.length * 4];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Object key = oldKeys[i];
            if (key != null) {
                store(key, oldValues[i]);
            }
        }
    }

    private static int place(Object key) {
        int hash = System.identityHashCode(key) * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
