package dev.muster.quota.fit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * In which order a gang tries pools: those that it prefers before others, then those with fewer resources that it does not ask
 * for, then by the policy's {@link PoolChoice}, then by name.
 */
final class PoolOrder {
    private final Room room;
    private final PoolChoice choice;

    PoolOrder(Room room, PoolChoice choice) {
        this.room = room;
        this.choice = choice;
    }

    /** Pools in which some role may run, the best first. */
    List<Integer> pools(GangShape gang) {
        int count = room.pools.length;
        int[] preference = new int[count];
        int[] unasked = new int[count];
        Arrays.fill(preference, Eligibility.REFUSED);
        for (int kind = 0; kind < room.kinds.length; kind++) {
            int pool = room.kinds[kind].pool();
            for (PodShape pod : gang.pods) {
                preference[pool] = Math.max(preference[pool], pod.where.preference()[kind]);
            }
            int idle = 0;
            for (int r = 0; r < room.width; r++) {
                idle += room.kinds[kind].allocatable()[r] > 0 && gang.total()[r] == 0 ? 1 : 0;
            }
            unasked[pool] = Math.max(unasked[pool], idle);
        }
        List<Integer> pools = new ArrayList<>();
        for (int pool = 0; pool < count; pool++) {
            if (preference[pool] != Eligibility.REFUSED) {
                pools.add(pool);
            }
        }
        double[] dislike = pools.size() > 1 ? dislike(gang) : new double[count];
        pools.sort((a, b) -> {
            int byPreference = Integer.compare(preference[b], preference[a]);
            int byIdle = Integer.compare(unasked[a], unasked[b]);
            int byChoice = Double.compare(dislike[a], dislike[b]);
            return byPreference != 0
                    ? byPreference
                    : byIdle != 0 ? byIdle : byChoice != 0 ? byChoice : Integer.compare(a, b);
        });
        return pools;
    }

    /** Of each pool what speaks against it by the choice of the policy; all alike where it chooses by name. */
    private double[] dislike(GangShape gang) {
        double[] dislike = new double[room.pools.length];
        switch (choice.order()) {
            case AS_LISTED -> {}
            case FULLEST -> {
                for (int pool = 0; pool < dislike.length; pool++) {
                    dislike[pool] = room.freePart(pool, gang.total());
                }
            }
            case CHEAPEST -> {
                Arrays.fill(dislike, Double.MAX_VALUE);
                for (Kind kind : room.kinds) {
                    BigDecimal price = choice.price(kind.poolName());
                    if (price != null) {
                        dislike[kind.pool()] =
                                Math.min(dislike[kind.pool()], price.doubleValue() * part(gang, kind.allocatable()));
                    }
                }
            }
        }
        return dislike;
    }

    /** How many such nodes the gang takes at least, by the resource of which it takes most. */
    private static double part(GangShape gang, long[] node) {
        double part = 0;
        for (int r = 0; r < node.length; r++) {
            if (gang.total()[r] > 0) {
                part = Math.max(part, (double) gang.total()[r] / Math.max(1, node[r]));
            }
        }
        return part;
    }
}
