package dev.muster.simulation.site;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that is there. {@code leaves}: it is being taken back, and takes no more pods. */
public final class SiteNode {
    public final int number;
    public final int pool;
    public final int offering;
    public final String name;
    final long since;
    final long[] shape;
    final long[] free;
    final List<Seat> seats = new ArrayList<>();
    int room;
    boolean leaves;
    boolean gone;
    boolean touched;
    long emptySince;

    SiteNode(int number, int pool, int offering, String name, long[] shape, int maxPods, long now) {
        this.number = number;
        this.pool = pool;
        this.offering = offering;
        this.name = name;
        this.shape = shape;
        this.free = shape.clone();
        this.room = maxPods;
        this.since = now;
        this.emptySince = now;
    }

    /** How many pods like this still find room. */
    public int fits(long[] pod) {
        long most = leaves || gone ? 0 : room;
        for (int r = 0; r < pod.length && most > 0; r++) {
            if (pod[r] > 0) {
                most = Math.min(most, free[r] / pod[r]);
            }
        }
        return (int) most;
    }

    void take(long[] pod, int count) {
        for (int r = 0; r < pod.length; r++) {
            free[r] -= pod[r] * count;
        }
        room -= count;
    }

    void give(long[] pod, int count) {
        for (int r = 0; r < pod.length; r++) {
            free[r] += pod[r] * count;
        }
        room += count;
    }

    public boolean isEmpty() {
        return seats.isEmpty();
    }

    public boolean leaves() {
        return leaves;
    }

    /** Whose pods are on it: one call for each attempt and role. */
    public void seats(SeatVisitor visitor) {
        for (Seat seat : seats) {
            visitor.seat(seat.attempt, seat.role, seat.count);
        }
    }

    /** Is told of pods of a role. */
    public interface SeatVisitor {
        void seat(Attempt attempt, int role, int count);
    }

    /** Since when no pod is on it; meaningless where one is. */
    public long emptySince() {
        return emptySince;
    }

    /** What is free; not to be written to. */
    public long[] free() {
        return free;
    }

    public long[] shape() {
        return shape;
    }

    /** What its books say that cannot be: of what it has given, and to whom; null where all is right. */
    public @Nullable String wrong() {
        int pods = 0;
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            if (seat.attempt.ended) {
                return "node %s has a pod of %s, which has ended".formatted(name, seat.attempt.job.load.id());
            }
            pods += seat.count;
        }
        if (gone && pods > 0) {
            return "node %s has gone and has %d pods".formatted(name, pods);
        }
        for (int r = 0; r < free.length; r++) {
            long used = 0;
            for (int i = 0; i < seats.size(); i++) {
                used += seats.get(i).attempt.job.asks[seats.get(i).role][r] * seats.get(i).count;
            }
            if (free[r] < 0) {
                return "node %s has less than nothing left".formatted(name);
            }
            if (used != shape[r] - free[r]) {
                return "node %s has given %d, its pods have %d".formatted(name, shape[r] - free[r], used);
            }
        }
        return null;
    }

    /** How many more pods it takes. */
    public int room() {
        return room;
    }
}
