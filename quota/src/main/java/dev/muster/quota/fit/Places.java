package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where pods may run, by affinity, tolerations and forbidden pools; words that mean the same nodes share one object. */
public final class Places {
    /** The largest weight of a preferred term, by Kubernetes' rules. */
    private static final int STRONGEST = 100;

    private final Kind[] kinds;
    private final Map<Where, Eligibility> known = new HashMap<>();
    private final List<Eligibility> distinct = new ArrayList<>();
    private final Eligibility everywhere;

    public Places(Room room) {
        this.kinds = room.kinds;
        this.everywhere = find(new Where(NodeAffinity.ANY, List.of(), Set.of()));
    }

    /** {@code without} are pools that must not be used. */
    public Eligibility of(NodeAffinity affinity, List<Toleration> tolerations, Set<PoolName> without) {
        if (affinity == NodeAffinity.ANY && tolerations.isEmpty() && without.isEmpty()) {
            return everywhere;
        }
        return find(new Where(affinity, tolerations, without));
    }

    /** Anywhere in this pool. */
    public Eligibility in(PoolName pool) {
        int[] preference = new int[kinds.length];
        for (int k = 0; k < kinds.length; k++) {
            preference[k] = kinds[k].poolName().equals(pool) ? 0 : Eligibility.REFUSED;
        }
        return distinct(preference);
    }

    private Eligibility find(Where where) {
        Eligibility found = known.get(where);
        if (found != null) {
            return found;
        }
        int[] preference = new int[kinds.length];
        for (int k = 0; k < kinds.length; k++) {
            preference[k] =
                    where.admits(kinds[k]) ? where.affinity().preference(kinds[k].labels()) : Eligibility.REFUSED;
        }
        avoid(where, preference);
        Eligibility fresh = distinct(preference);
        known.put(where, fresh);
        return fresh;
    }

    /** Taints that say rather not: each counts like the strongest preferred term, for the nodes that have none of them. */
    private void avoid(Where where, int[] preference) {
        int most = 0;
        for (int k = 0; k < kinds.length; k++) {
            most = preference[k] == Eligibility.REFUSED ? most : Math.max(most, where.rathersNot(kinds[k]));
        }
        for (int k = 0; k < kinds.length && most > 0; k++) {
            if (preference[k] != Eligibility.REFUSED) {
                preference[k] += STRONGEST * (most - where.rathersNot(kinds[k]));
            }
        }
    }

    private Eligibility distinct(int[] preference) {
        for (Eligibility each : distinct) {
            if (Arrays.equals(each.preference(), preference)) {
                return each;
            }
        }
        Eligibility made = Eligibility.of(distinct.size(), preference);
        distinct.add(made);
        return made;
    }

    private record Where(NodeAffinity affinity, List<Toleration> tolerations, Set<PoolName> without) {
        boolean admits(Kind kind) {
            return !without.contains(kind.poolName()) && affinity.allows(kind.labels()) && tolerated(kind.taints());
        }

        /** How many taints that it does not tolerate would rather not have it. */
        int rathersNot(Kind kind) {
            return (int) kind.taints().stream()
                    .filter(taint -> taint.effect() == TaintEffect.PREFER_NO_SCHEDULE)
                    .filter(taint -> tolerations.stream().noneMatch(t -> t.tolerates(taint)))
                    .count();
        }

        private boolean tolerated(List<Taint> taints) {
            return taints.stream()
                    .filter(taint -> taint.effect() != TaintEffect.PREFER_NO_SCHEDULE)
                    .allMatch(taint -> tolerations.stream().anyMatch(t -> t.tolerates(taint)));
        }
    }
}
