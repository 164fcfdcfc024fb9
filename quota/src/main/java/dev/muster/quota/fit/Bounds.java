package dev.muster.quota.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
    private final Map<Cell, Long> counted = new HashMap<>();
    private final Map<Eligibility, List<Failed>> failed = new IdentityHashMap<>();

    Bounds(Room room) {
        this.room = room;
    }

    /** True where, for all that is known so far, {@code pods} pods may fit. */
    boolean mayFit(PodShape pod, int pods) {
        return !pod.missing && atMost(pod, COARSE) >= pods && atMost(pod, FINE) >= pods && !isKnownToFail(pod, pods);
    }

    private boolean isKnownToFail(PodShape pod, int pods) {
        for (Failed less : failed.getOrDefault(pod.where, List.of())) {
            if (less.isPartOf(pod.amounts, pods)) {
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

    private long atMost(PodShape pod, int bits) {
        Cell cell = Cell.of(pod, bits);
        Long known = counted.get(cell);
        if (known == null) {
            known = 0L;
            for (int kind : pod.where.kinds()) {
                known += room.count(kind, cell.amounts);
            }
            counted.put(cell, known);
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

    /** A shape whose amounts have only {@code bits} binary digits after the first one. */
    private record Cell(long[] amounts, Eligibility where, int hash) {
        static Cell of(PodShape pod, int bits) {
            long[] low = new long[pod.amounts.length];
            int hash = pod.where.id();
            for (int r = 0; r < low.length; r++) {
                int dropped = Math.max(0, 63 - Long.numberOfLeadingZeros(pod.amounts[r]) - bits);
                low[r] = pod.amounts[r] >> dropped << dropped;
                hash = hash * 31 + Long.hashCode(low[r]);
            }
            return new Cell(low, pod.where, hash);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cell that && where == that.where && Arrays.equals(amounts, that.amounts);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
