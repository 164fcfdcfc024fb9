package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.PodShape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.ResourceIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what jobs ask into dense shapes, equal ones into one object with one number. */
final class Shapes {
    private final ResourceIndex index;
    private final Places places;
    private final List<GangShape> shapes = new ArrayList<>();
    private final Map<GangShape, Integer> known = new HashMap<>();
    private final Numbers seen = new Numbers();
    private final Numbers seenInOneZone = new Numbers();

    Shapes(ResourceIndex index, Places places) {
        this.index = index;
        this.places = places;
    }

    /** The number of the shape of the gang that may use every pool. */
    int number(List<Ask> asks, boolean oneZone) {
        Numbers before = oneZone ? seenInOneZone : seen;
        int number = before.of(asks);
        if (number == Numbers.UNKNOWN) {
            number = known(dense(asks, oneZone, Set.of()));
            before.put(asks, number);
        }
        return number;
    }

    /** True where {@link #number} has met this list of roles. */
    boolean hasSeen(List<Ask> asks, boolean oneZone) {
        return (oneZone ? seenInOneZone : seen).of(asks) != Numbers.UNKNOWN;
    }

    GangShape shape(int number) {
        return shapes.get(number);
    }

    int count() {
        return shapes.size();
    }

    /** The shape of the gang, {@code without} being pools that it must not use now. */
    GangShape of(List<Ask> asks, boolean oneZone, Set<PoolName> without) {
        return shape(without.isEmpty() ? number(asks, oneZone) : numberWithout(asks, oneZone, without));
    }

    int numberWithout(List<Ask> asks, boolean oneZone, Set<PoolName> without) {
        return known(dense(asks, oneZone, without));
    }

    /** {@code pods} pods of one role. */
    GangShape some(Ask ask, int pods) {
        long[] amounts = new long[index.size()];
        boolean complete = index.write(ask.pod(), amounts, 0);
        PodShape pod = new PodShape(amounts, places.of(ask.affinity(), ask.tolerations(), Set.of()), !complete);
        return new GangShape(new RoleName[] {ask.role()}, new PodShape[] {pod}, new int[] {pods}, false, index.size());
    }

    private int known(GangShape shape) {
        int next = shapes.size();
        Integer equal = shape.asksTheUnknown() ? null : known.putIfAbsent(shape, next);
        if (equal != null) {
            return equal;
        }
        shapes.add(shape);
        return next;
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
