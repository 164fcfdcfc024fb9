package dev.muster.quota.fit;

import dev.muster.quota.name.NodeName;
import org.jspecify.annotations.Nullable;

/** Numbers of nodes by name, without a box or a node of a list for each: hundreds of thousands of pods ask in a cycle. */
final class NodeNumbers {
    static final int UNKNOWN = -1;

    private final @Nullable NodeName[] names;
    private final int[] hashes;
    private final int[] numbers;
    private final int mask;

    /** For at most {@code most} names. */
    NodeNumbers(int most) {
        int size = Integer.highestOneBit(Math.max(4, most * 2)) * 2;
        names = new NodeName[size];
        hashes = new int[size];
        numbers = new int[size];
        mask = size - 1;
    }

    int of(NodeName name) {
        int hash = mix(name.value().hashCode());
        for (int at = hash & mask; names[at] != null; at = (at + 1) & mask) {
            // Most often it is the same object, whose letters need no look.
            if (hashes[at] == hash && (names[at] == name || name.equals(names[at]))) {
                return numbers[at];
            }
        }
        return UNKNOWN;
    }

    void put(NodeName name, int number) {
        int hash = mix(name.value().hashCode());
        int at = hash & mask;
        while (names[at] != null && !(hashes[at] == hash && name.equals(names[at]))) {
            at = (at + 1) & mask;
        }
        names[at] = name;
        hashes[at] = hash;
        numbers[at] = number;
    }

    /** Each number becomes what {@code after} has at its place. */
    void renumber(int[] after) {
        for (int at = 0; at < names.length; at++) {
            if (names[at] != null && numbers[at] != UNKNOWN) {
                numbers[at] = after[numbers[at]];
            }
        }
    }

    private static int mix(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}
