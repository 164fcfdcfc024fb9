package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The minimum of every role of a job in dense form; equal jobs have equal shapes. */
public final class GangShape {
    final PodShape[] pods;
    final int[] minimum;
    private final RoleName[] roles;
    private final boolean oneZone;
    private final long[] total;
    private final int hash;

    /** {@code oneZone}: all its pods go to nodes of one zone. */
    public GangShape(RoleName[] roles, PodShape[] pods, int[] minimum, boolean oneZone, int width) {
        this.oneZone = oneZone;
        this.roles = roles;
        this.pods = pods;
        this.minimum = minimum;
        this.total = new long[width];
        int mixed = Arrays.hashCode(roles) * 2 + (oneZone ? 1 : 0);
        for (int i = 0; i < pods.length; i++) {
            mixed = (mixed * 31 + pods[i].hashCode()) * 31 + minimum[i];
            for (int r = 0; r < width; r++) {
                total[r] = Resources.add(total[r], Resources.multiply(pods[i].amounts[r], minimum[i]));
            }
        }
        this.hash = mixed;
    }

    public int roles() {
        return roles.length;
    }

    public RoleName role(int at) {
        return roles[at];
    }

    public boolean oneZone() {
        return oneZone;
    }

    /** Whether some role has a wish how its pods lie. */
    boolean hasWishes() {
        return wishes(Collocation.PACK) || wishes(Collocation.SPREAD);
    }

    boolean wishes(Collocation collocation) {
        for (PodShape pod : pods) {
            if (pod.collocation == collocation) {
                return true;
            }
        }
        return false;
    }

    /** True where a role asks a resource that no node and no queue knows; such shapes are never equal. */
    public boolean asksTheUnknown() {
        for (PodShape pod : pods) {
            if (pod.missing) {
                return true;
            }
        }
        return false;
    }

    /** Pods of the gang in this role. */
    public int minimum(int role) {
        return minimum[role];
    }

    /** What all pods of the gang ask together; do not change it. */
    public long[] total() {
        return total;
    }

    /** What one pod of this role asks; do not change it. */
    public long[] pod(int role) {
        return pods[role].amounts;
    }

    /** The only pool in which the role may run; null where there are several, or none. */
    public @Nullable PoolName onlyPool(int role, Room room) {
        PoolName only = null;
        for (int kind : pods[role].where.kinds()) {
            PoolName pool = room.kinds[kind].poolName();
            if (only != null && !only.equals(pool)) {
                return null;
            }
            only = pool;
        }
        return only;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GangShape that
                && hash == that.hash
                && oneZone == that.oneZone
                && Arrays.equals(minimum, that.minimum)
                && Arrays.equals(pods, that.pods)
                && Arrays.equals(roles, that.roles);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
