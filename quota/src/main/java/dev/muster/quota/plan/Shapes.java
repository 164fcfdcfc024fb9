package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.PodShape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.ResourceIndex;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what jobs ask into dense shapes, equal ones into one object. */
final class Shapes {
    private final ResourceIndex index;
    private final Places places;
    private final Map<GangShape, GangShape> known = new HashMap<>();
    private final Map<List<Ask>, GangShape> seen = new IdentityHashMap<>();

    Shapes(ResourceIndex index, Places places) {
        this.index = index;
        this.places = places;
    }

    /** The shape of the gang, {@code without} being pools that it must not use now. */
    GangShape of(List<Ask> asks, boolean oneZone, Set<PoolName> without) {
        if (!without.isEmpty() || oneZone) {
            return known(dense(asks, oneZone, without));
        }
        GangShape shape = seen.get(asks);
        if (shape == null) {
            shape = known(dense(asks, false, without));
            seen.put(asks, shape);
        }
        return shape;
    }

    /** {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        long[] amounts = new long[index.size()];
        boolean complete = index.write(ask.pod(), amounts, 0);
        PodShape pod = new PodShape(amounts, places.of(ask.affinity(), ask.tolerations(), Set.of()), !complete);
        return new GangShape(new RoleName[] {ask.role()}, new PodShape[] {pod}, new int[] {pods}, false, index.size());
    }

    private GangShape known(GangShape shape) {
        if (shape.asksTheUnknown()) {
            return shape;
        }
        GangShape equal = known.putIfAbsent(shape, shape);
        return equal == null ? shape : equal;
    }

    private GangShape dense(List<Ask> asks, boolean oneZone, Set<PoolName> without) {
        int count = asks.size();
        RoleName[] roles = new RoleName[count];
        PodShape[] pods = new PodShape[count];
        int[] minimum = new int[count];
        for (int i = 0; i < count; i++) {
            Ask ask = asks.get(i);
            roles[i] = ask.role();
            minimum[i] = ask.minimum();
            long[] amounts = new long[index.size()];
            boolean complete = index.write(ask.pod(), amounts, 0);
            pods[i] = new PodShape(amounts, places.of(ask.affinity(), ask.tolerations(), without), !complete);
        }
        return new GangShape(roles, pods, minimum, oneZone, index.size());
    }
}
