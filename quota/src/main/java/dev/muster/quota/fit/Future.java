package dev.muster.quota.fit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a gang that does not fit now will fit, and where, if what runs ends when it is expected to. Ends are given in the order
 * in which they come.
 */
public final class Future {
    private final Room now;
    private final List<End> ends;
    private final @Nullable PoolQuota most;

    /** Pods that will be gone; {@code node} is the room's number. */
    public record Leaving(int node, long[] pod, int pods) {}

    /** An attempt that will have ended, and what it leaves. */
    public record End(List<Leaving> leaves) {}

    /** {@code ends}: how many of the ends it takes; {@code room}: what is free then, without the gang's part. */
    public record Fit(int ends, Room room) {}

    /** {@code most} is what the gang may take of single pools, null for all there is. */
    public Future(Room now, List<End> ends, @Nullable PoolQuota most) {
        this.now = now;
        this.ends = ends;
        this.most = most;
    }

    /** The fewest ends after which the gang fits; null where it does not fit even after all. */
    public @Nullable Fit soonest(GangShape gang) {
        // Forward in steps that double, then back by halves: each end is released a few times at most.
        int fails = 0;
        Room failing = now.copy();
        Room trial = now.copy();
        int reached = 0;
        int step = 1;
        while (true) {
            int target = Math.min(ends.size(), reached + step);
            release(trial, reached, target);
            reached = target;
            if (fits(trial, gang)) {
                break;
            }
            if (reached == ends.size()) {
                return null;
            }
            failing = trial.copy();
            fails = reached;
            step *= 2;
        }
        int low = fails;
        int high = reached;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            Room half = failing.copy();
            release(half, low, middle);
            if (fits(half, gang)) {
                high = middle;
            } else {
                failing = half;
                low = middle;
            }
        }
        Room then = failing;
        release(then, low, high);
        Placement placement = new Packer(then).pack(gang, most);
        return placement == null ? null : new Fit(high, then);
    }

    private void release(Room room, int from, int to) {
        for (End end : ends.subList(from, to)) {
            for (Leaving leaving : end.leaves) {
                room.giveBack(leaving.node, leaving.pod, leaving.pods);
            }
        }
    }

    private boolean fits(Room room, GangShape gang) {
        return new Packer(room).fits(gang, most);
    }
}
