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
    final long[] shape;
    final long[] free;
    final List<Seat> seats = new ArrayList<>();
    int room;
    boolean leaves;
    boolean gone;
    long emptySince;

    SiteNode(int number, int pool, int offering, String name, long[] shape, int maxPods, long now) {
        this.number = number;
        this.pool = pool;
        this.offering = offering;
        this.name = name;
        this.shape = shape;
        this.free = shape.clone();
        this.room = maxPods;
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

    /** Whose pod is on it although it has ended, null where nobody's is. */
    public @Nullable Attempt ghost() {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).attempt.ended) {
                return seats.get(i).attempt;
            }
        }
        return null;
    }

    /** How many more pods it takes. */
    public int room() {
        return room;
    }
}
