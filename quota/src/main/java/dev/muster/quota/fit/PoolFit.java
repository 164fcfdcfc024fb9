package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many pods would fit, by pool: the numbers behind "pool spot-a fits 11". */
public final class PoolFit {
    private final Room room;
    private final Packer packer;

    public PoolFit(Room room, Packer packer) {
        this.room = room;
        this.packer = packer;
    }

    /** Of each pool that the role may use, how many of its pods fit there now. */
    public SortedMap<PoolName, Long> podsByPool(GangShape gang, int role) {
        SortedMap<PoolName, Long> pools = new TreeMap<>();
        long[] counts = packer.countByKind(gang.pods[role]);
        for (int kind : gang.pods[role].where.kinds()) {
            pools.merge(room.kinds[kind].poolName(), counts[kind], Long::sum);
        }
        return pools;
    }

    /** True where the free room of the role's nodes is enough in sum, were it not in pieces. */
    public boolean enoughInSum(GangShape gang, int role) {
        return room.isEnoughInSum(gang.pods[role], gang.minimum[role]);
    }

    /** True where all roles fit at once; tried on the room and given back. */
    public boolean fitsTogether(GangShape gang) {
        Placement placement = packer.pack(gang);
        if (placement == null) {
            return false;
        }
        packer.undo(gang, placement);
        return true;
    }
}
