package dev.muster.kubernetes.external;

import dev.muster.cluster.Gang;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In which pool each pod of a gang was promised room, by role and index, as a text that survives on an object. */
record Placement(Map<RoleName, List<PoolName>> slots) {
    static Placement of(Gang gang) {
        Map<RoleName, List<PoolName>> slots = new LinkedHashMap<>();
        for (Gang.Member member : gang.members()) {
            List<PoolName> pools = new ArrayList<>();
            member.pools().forEach((pool, count) -> {
                for (int i = 0; i < count; i++) {
                    pools.add(pool);
                }
            });
            slots.put(member.role(), pools);
        }
        return new Placement(slots);
    }

    /**
     * Where the pod of a slot {@code role/index} may run: in each pool in which its role was promised room. Not in that of its number
     * alone: what describes the pods gives all of a role one task spec, and Volcano tries no node for one of them that has
     * refused another.
     */
    Set<PoolName> pools(String slot) {
        return slots.entrySet().stream()
                .filter(role -> slot.startsWith(role.getKey().value() + "/"))
                .flatMap(role -> role.getValue().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@code worker:a=2,b=1;driver:a=1} */
    String text() {
        List<String> roles = new ArrayList<>();
        slots.forEach((role, pools) -> {
            Map<PoolName, Integer> counts = new LinkedHashMap<>();
            pools.forEach(pool -> counts.merge(pool, 1, Integer::sum));
            List<String> parts = new ArrayList<>();
            counts.forEach((pool, count) -> parts.add(pool + "=" + count));
            roles.add(role + ":" + String.join(",", parts));
        });
        return String.join(";", roles);
    }

    /** What cannot be read counts as nothing: somebody else wrote it. */
    static Placement parse(String text) {
        Map<RoleName, List<PoolName>> slots = new LinkedHashMap<>();
        try {
            for (String role : text.split(";")) {
                String[] named = role.split(":", 2);
                List<PoolName> pools = new ArrayList<>();
                for (String part : named[1].split(",")) {
                    String[] counted = part.split("=", 2);
                    for (int i = Integer.parseInt(counted[1]); i > 0; i--) {
                        pools.add(new PoolName(counted[0]));
                    }
                }
                slots.put(new RoleName(named[0]), pools);
            }
            return new Placement(slots);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return new Placement(Map.of());
        }
    }
}
