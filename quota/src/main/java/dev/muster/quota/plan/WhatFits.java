package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.PoolFit;
import dev.muster.quota.name.PoolName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers "how many would fit now" with the planner's own packing, quota left aside. */
public final class WhatFits {
    private final Snapshot snapshot;

    private WhatFits(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public static WhatFits in(Snapshot snapshot) {
        return new WhatFits(snapshot);
    }

    /** Pods of this role by pool. */
    public SortedMap<PoolName, Long> pods(Ask ask) {
        World world = world(List.of(ask));
        GangShape one = new Shapes(world.index, world.places).of(List.of(ask), false, Set.of());
        return new PoolFit(world.room, world.packer).podsByPool(one, 0);
    }

    /** Whole gangs one after another, at most {@code most}; of each how many pods go to which pool. */
    public List<Map<PoolName, Integer>> gangs(List<Ask> asks, boolean oneZone, int most) {
        World world = world(asks);
        GangShape gang = new Shapes(world.index, world.places).of(asks, oneZone, Set.of());
        List<Map<PoolName, Integer>> found = new java.util.ArrayList<>();
        while (found.size() < most) {
            var placement = world.packer.pack(gang);
            if (placement == null) {
                break;
            }
            Map<PoolName, Integer> pods = new TreeMap<>();
            placement
                    .pools()
                    .values()
                    .forEach(pools -> pools.forEach((pool, count) -> pods.merge(pool, count, Integer::sum)));
            found.add(pods);
        }
        return found;
    }

    private World world(List<Ask> asks) {
        // Who waits takes no room.
        Snapshot alone = new Snapshot(
                snapshot.now(), snapshot.queues(), snapshot.nodes(), List.of(), snapshot.live(), snapshot.settings());
        return World.of(alone, World.labelsOf(asks));
    }
}
