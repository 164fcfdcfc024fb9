package dev.muster.quota.fit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * At most how many pods of a shape fit, without looking at the nodes for every shape: counted once for the largest shape of a
 * grid that is no larger, first of a coarse grid, then of a finer one. Holds as long as room is only taken.
 */
final class Bounds {
    private static final int COARSE = 1;
    private static final int FINE = 3;

    private final Room room;
    private final Cells counted;
    private final Map<Eligibility, List<Failed>> failed = new IdentityHashMap<>();
    private final long[] low;

    Bounds(Room room) {
        this.room = room;
        this.counted = new Cells(room.width);
        this.low = new long[room.width];
    }

    /** True where, for all that is known so far, {@code pods} pods may fit. */
    boolean mayFit(Eligibility where, long[] pod, int pods) {
        return atMost(where, pod, COARSE) >= pods
                && atMost(where, pod, FINE) >= pods
                && !isKnownToFail(where, pod, pods);
    }

    private boolean isKnownToFail(Eligibility where, long[] pod, int pods) {
        List<Failed> known = failed.isEmpty() ? null : failed.get(where);
        for (int i = 0; known != null && i < known.size(); i++) {
            if (known.get(i).isPartOf(pod, pods)) {
                return true;
            }
        }
        return false;
    }

    /** So many pods of this shape were found not to fit; then more, or larger ones, do not either. */
    void doNotFit(PodShape pod, int pods) {
        List<Failed> known = failed.computeIfAbsent(pod.where, where -> new ArrayList<>());
        Failed fresh = new Failed(pod.amounts, pods);
        known.removeIf(more -> fresh.isPartOf(more.amounts, more.pods));
        known.add(fresh);
    }

    /** To be called when room was given back for good. */
    void forget() {
        counted.clear();
        failed.clear();
    }

    /** Counted for the largest pod that is no larger and whose amounts have only {@code bits} binary digits after the first one. */
    private long atMost(Eligibility where, long[] pod, int bits) {
        for (int r = 0; r < low.length; r++) {
            int dropped = Math.max(0, 63 - Long.numberOfLeadingZeros(pod[r]) - bits);
            low[r] = pod[r] >> dropped << dropped;
        }
        long known = counted.of(where, low);
        if (known == Cells.UNKNOWN) {
            known = 0;
            for (int kind : where.kinds()) {
                known += room.count(kind, low);
            }
            counted.put(where, low, known);
        }
        return known;
    }

    private record Failed(long[] amounts, int pods) {
        boolean isPartOf(long[] more, int count) {
            boolean part = pods <= count;
            for (int r = 0; r < more.length && part; r++) {
                part = amounts[r] <= more[r];
            }
            return part;
        }
    }
}
