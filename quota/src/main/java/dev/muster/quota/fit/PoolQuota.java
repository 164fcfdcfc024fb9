package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;

/** How much of each pool a gang may take at most, whatever is free there. Shrinks while the gang is packed. */
public final class PoolQuota {
    private final Room room;
    private final long[] most;
    private long[] left;

    /** Nothing is limited yet. */
    public PoolQuota(Room room) {
        this.room = room;
        this.most = new long[room.pools.length * room.width];
        Arrays.fill(most, Long.MAX_VALUE);
        this.left = most.clone();
    }

    /** A pool that has no nodes needs no limit. */
    public void limit(PoolName pool, int resource, long amount) {
        int at = Arrays.binarySearch(room.pools, pool);
        if (at >= 0) {
            most[at * room.width + resource] = Math.min(most[at * room.width + resource], amount);
            left = most.clone();
        }
    }

    /** How many pods of this size may still go to the pool, at most {@code count}. */
    long pods(int pool, long[] pod, long count) {
        long pods = count;
        for (int r = 0; r < room.width; r++) {
            long allowed = left[pool * room.width + r];
            if (pod[r] > 0 && allowed != Long.MAX_VALUE) {
                pods = Math.min(pods, allowed / pod[r]);
            }
        }
        return pods;
    }

    void take(int pool, long[] pod, int pods) {
        for (int r = 0; r < room.width; r++) {
            int at = pool * room.width + r;
            if (left[at] != Long.MAX_VALUE) {
                left[at] -= Resources.multiply(pod[r], pods);
            }
        }
    }

    void reset() {
        System.arraycopy(most, 0, left, 0, most.length);
    }
}
