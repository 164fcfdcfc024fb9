package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import java.util.Arrays;
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

    /** The same with no more than {@code most} allows. */
    public SortedMap<PoolName, Long> podsByPool(GangShape gang, int role, PoolQuota most) {
        SortedMap<PoolName, Long> pools = podsByPool(gang, role);
        most.reset();
        pools.replaceAll(
                (pool, count) -> most.pods(Arrays.binarySearch(room.pools, pool), gang.pods[role].amounts, count));
        return pools;
    }

    /** Of each zone, how many pods of the role fit there now; of nodes without a zone the name is empty. */
    public SortedMap<String, Long> podsByZone(GangShape gang, int role) {
        SortedMap<String, Long> zones = new TreeMap<>();
        long[] counts = packer.countByZone(gang.pods[role]);
        for (int zone = 0; zone < counts.length; zone++) {
            zones.put(room.zones[zone], counts[zone]);
        }
        return zones;
    }

    /** True where the free room of the role's nodes is enough in sum, were it not in pieces. */
    public boolean enoughInSum(GangShape gang, int role) {
        return room.isEnoughInSum(gang.pods[role], gang.minimum[role]);
    }

    /** True where all roles fit at once; tried and given back. */
    public boolean fitsTogether(GangShape gang) {
        return packer.fits(gang);
    }
}
