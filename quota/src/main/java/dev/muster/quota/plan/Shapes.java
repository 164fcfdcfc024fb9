package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.PodShape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.ResourceIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns what jobs ask into dense shapes, equal ones into one object with one number. */
final class Shapes {
    private final ResourceIndex index;
    private final Places places;
    private final List<GangShape> shapes = new ArrayList<>();
    /** Numbers by shape, less 1; 0 is a free place. */
    private int[] known = new int[256];

    private final Numbers seen = new Numbers();
    private final Numbers seenInOneZone = new Numbers();

    Shapes(ResourceIndex index, Places places) {
        this.index = index;
        this.places = places;
    }

    /** The number of the shape of the gang that may use every pool. */
    int number(List<Ask> asks, boolean oneZone) {
        int number = seen(asks, oneZone);
        return number == Numbers.UNKNOWN ? add(asks, oneZone) : number;
    }

    /** The same, {@link Numbers#UNKNOWN} for a list of roles that nobody has added. */
    int seen(List<Ask> asks, boolean oneZone) {
        return (oneZone ? seenInOneZone : seen).of(asks);
    }

    /** Adds a list of roles that is unknown so far. */
    int add(List<Ask> asks, boolean oneZone) {
        int number = known(dense(asks, oneZone, Set.of()));
        (oneZone ? seenInOneZone : seen).put(asks, number);
        return number;
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
        if (!shape.asksTheUnknown()) {
            int at = placeOf(shape);
            if (known[at] != 0) {
                return known[at] - 1;
            }
            known[at] = next + 1;
        }
        shapes.add(shape);
        if (2 * shapes.size() > known.length) {
            known = new int[known.length * 4];
            for (int number = 0; number < shapes.size(); number++) {
                if (!shapes.get(number).asksTheUnknown()) {
                    known[placeOf(shapes.get(number))] = number + 1;
                }
            }
        }
        return next;
    }

    /** Where an equal shape is noted, or a free place for it. */
    private int placeOf(GangShape shape) {
        int mask = known.length - 1;
        int at = (shape.hashCode() * 0x9E3779B9 >>> 7) & mask;
        while (known[at] != 0 && !shapes.get(known[at] - 1).equals(shape)) {
            at = (at + 1) & mask;
        }
        return at;
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
            pods[i] = new PodShape(
                    amounts, places.of(ask.affinity(), ask.tolerations(), without), !complete, ask.collocation());
        }
        return new GangShape(roles, pods, minimum, oneZone, index.size());
    }
}
