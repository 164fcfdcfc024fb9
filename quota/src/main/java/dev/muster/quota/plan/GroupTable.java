package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/** Groups by queue and shape, both as numbers. */
final class GroupTable {
    private long[] keys = new long[64];
    private @Nullable Group[] groups = new Group[64];
    private int size;

    static long key(int queue, int shape) {
        return (long) queue << 32 | shape;
    }

    @Nullable
    Group get(long key) {
        int mask = keys.length - 1;
        for (int at = place(key) & mask; groups[at] != null; at = (at + 1) & mask) {
            if (keys[at] == key) {
                return groups[at];
            }
        }
        return null;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** {@code key} must be unknown so far. */
    void put(long key, Group group) {
        if (2 * ++size > keys.length) {
            grow();
        }
        store(key, group);
    }

    private void store(long key, Group group) {
        int mask = keys.length - 1;
        int at = place(key) & mask;
        while (groups[at] != null) {
            at = (at + 1) & mask;
        }
        keys[at] = key;
        groups[at] = group;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Group[] oldGroups = groups;
        keys = new long[oldKeys.length * 4];
        groups = new Group[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Group group = oldGroups[i];
            if (group != null) {
                store(oldKeys[i], group);
            }
        }
    }

    private static int place(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }
}
