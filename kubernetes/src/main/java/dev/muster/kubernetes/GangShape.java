package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import dev.muster.cluster.PodRef;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many pods of which role a gang has in which pool, in the order of the gang: the note on a PodGroup by which a service that
 * has forgotten everything knows what should be there. As text: {@code driver=blue:1;worker=blue:1,red:3}.
 */
record GangShape(Map<RoleName, Map<PoolName, Integer>> roles) {
    GangShape {
        Map<RoleName, Map<PoolName, Integer>> copy = new LinkedHashMap<>();
        roles.forEach((role, pools) -> copy.put(role, new TreeMap<>(pools)));
        roles = java.util.Collections.unmodifiableMap(copy);
    }

    /** One pod that should be there. */
    record Slot(PodRef pod, PoolName pool) {}

    static GangShape of(Gang gang) {
        Map<RoleName, Map<PoolName, Integer>> roles = new LinkedHashMap<>();
        gang.members().forEach(member -> roles.put(member.role(), member.pools()));
        return new GangShape(roles);
    }

    /** @throws IllegalArgumentException where {@code text} was not written by {@link #toString()} */
    static GangShape parse(String text) {
        Map<RoleName, Map<PoolName, Integer>> roles = new LinkedHashMap<>();
        for (String role : text.split(";")) {
            String[] sides = role.split("=", 2);
            Map<PoolName, Integer> pools = new TreeMap<>();
            for (String pool : sides[sides.length - 1].split(",")) {
                String[] count = pool.split(":", 2);
                pools.put(new PoolName(count[0]), Integer.parseInt(count[count.length - 1]));
            }
            roles.put(new RoleName(sides[0]), pools);
        }
        return new GangShape(roles);
    }

    /** All pods of the gang: role after role, numbered in the order of the pools' names. */
    List<Slot> slots(AttemptId attempt) {
        List<Slot> slots = new ArrayList<>();
        roles.forEach((role, pools) -> {
            int index = 0;
            for (Map.Entry<PoolName, Integer> pool : pools.entrySet()) {
                for (int i = 0; i < pool.getValue(); i++) {
                    slots.add(new Slot(new PodRef(attempt, role, index++), pool.getKey()));
                }
            }
        });
        return slots;
    }

    int pods(RoleName role) {
        return roles.getOrDefault(role, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * Volcano takes pods of one task spec to be alike: a node that refuses one of them is not tried for another, and where one finds
     * no node no other is looked at. So a role that is split over pools has a task spec for each, and so have pods above the minimum:
     * one that waits for its pool must not hold up those of another.
     */
    String taskSpec(RoleName role, PoolName pool, boolean elastic) {
        boolean isSplit = roles.getOrDefault(role, Map.of()).size() > 1;
        return elastic || isSplit ? role.value() + "." + pool.value() : role.value();
    }

    /** Of each task spec how many pods the gang cannot do without, those of these roles left out. */
    Map<String, Integer> minima(Set<RoleName> without) {
        Map<String, Integer> minima = new TreeMap<>();
        roles.forEach((role, pools) -> {
            if (!without.contains(role)) {
                pools.forEach((pool, pods) -> minima.put(taskSpec(role, pool, false), pods));
            }
        });
        return minima;
    }

    @Override
    public String toString() {
        return roles.entrySet().stream()
                .map(role -> role.getKey() + "="
                        + role.getValue().entrySet().stream()
                                .map(pool -> pool.getKey() + ":" + pool.getValue())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }
}
