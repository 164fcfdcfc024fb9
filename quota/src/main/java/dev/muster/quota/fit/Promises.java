package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;

/** Takes room for pods that were launched into a pool and are not bound yet: by the same packing, as far as there is room. */
public final class Promises {
    private final Places places;
    private final Packer packer;
    private final int width;

    public Promises(Room room, Places places, Packer packer) {
        this.places = places;
        this.packer = packer;
        this.width = room.width;
    }

    /** Takes room for {@code pods} pods somewhere in the pool; where fewer fit, for those. */
    public void keep(RoleName role, PoolName pool, long[] pod, int pods) {
        PodShape shape = new PodShape(pod.clone(), places.in(pool), false);
        long fits = 0;
        for (long count : packer.countByKind(shape)) {
            fits += count;
        }
        int kept = (int) Math.min(pods, fits);
        if (kept > 0) {
            packer.pack(new GangShape(new RoleName[] {role}, new PodShape[] {shape}, new int[] {kept}, false, width));
        }
    }
}
