package dev.muster.quota.fit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers by where a pod may run and what it asks. Looking one up makes nothing: it is asked twice for every role that waits. */
final class Cells {
    static final long UNKNOWN = -1;

    private final int width;
    private @Nullable Eligibility[] where = new Eligibility[64];
    private long[] amounts;
    private long[] numbers = new long[64];
    private int size;

    Cells(int width) {
        this.width = width;
        amounts = new long[64 * width];
    }

    long of(Eligibility wanted, long[] pod) {
        int at = placeOf(wanted, pod);
        return where[at] == null ? UNKNOWN : numbers[at];
    }

    /** Must be unknown so far. */
    void put(Eligibility wanted, long[] pod, long number) {
        if (2 * ++size > where.length) {
            grow();
        }
        store(wanted, pod, number);
    }

    void clear() {
        Arrays.fill(where, null);
        size = 0;
    }

    private void store(Eligibility wanted, long[] pod, long number) {
        int at = placeOf(wanted, pod);
        where[at] = wanted;
        numbers[at] = number;
        System.arraycopy(pod, 0, amounts, at * width, width);
    }

    private void grow() {
        @Nullable Eligibility[] oldWhere = where;
        long[] oldAmounts = amounts;
        long[] oldNumbers = numbers;
        where = new Eligibility[oldWhere.length * 4];
        numbers = new long[where.length];
        amounts = new long[where.length * width];
        long[] pod = new long[width];
        for (int i = 0; i < oldWhere.length; i++) {
            Eligibility each = oldWhere[i];
            if (each != null) {
                System.arraycopy(oldAmounts, i * width, pod, 0, width);
                store(each, pod, oldNumbers[i]);
            }
        }
    }

    /** Where it is, or a free place for it. */
    private int placeOf(Eligibility wanted, long[] pod) {
        long hash = wanted.id();
        for (int r = 0; r < width; r++) {
            hash = (hash ^ pod[r]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        int mask = where.length - 1;
        int at = (int) hash & mask;
        while (where[at] != null && !(where[at] == wanted && same(pod, at * width))) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean same(long[] pod, int from) {
        for (int r = 0; r < width; r++) {
            if (amounts[from + r] != pod[r]) {
                return false;
            }
        }
        return true;
    }
}
