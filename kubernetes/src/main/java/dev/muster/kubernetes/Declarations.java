package dev.muster.kubernetes;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.node.NodeAffinity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators and teams have declared: the labels that a node of a pool has, and where teams live. A node that names its pool
 * with the label {@link Labels#POOL} belongs there; any other to the pool with the most labels that it has all of.
 */
public record Declarations(Map<PoolName, Map<String, String>> pools, Map<TeamName, TeamPlace> teams) {
    public static final Declarations NONE = new Declarations(Map.of(), Map.of());

    public Declarations {
        pools = Map.copyOf(pools);
        teams = Map.copyOf(teams);
    }

    Optional<PoolName> poolOf(Map<String, String> labels) {
        String said = labels.get(Labels.POOL);
        if (said != null) {
            return pools.keySet().stream()
                    .filter(pool -> pool.value().equals(said))
                    .findFirst();
        }
        return pools.entrySet().stream()
                .filter(pool -> !pool.getValue().isEmpty()
                        && labels.entrySet().containsAll(pool.getValue().entrySet()))
                .max(Comparator.<Map.Entry<PoolName, Map<String, String>>>comparingInt(
                                pool -> pool.getValue().size())
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getKey);
    }

    /** What holds for nodes of the pool: they name it, or they name none and have its labels. */
    NodeAffinity affinity(PoolName pool) {
        Map<String, String> labels = pools.getOrDefault(pool, Map.of());
        NodeAffinity.Term named = new NodeAffinity.Term(List.of(in(Labels.POOL, pool.value())));
        if (labels.isEmpty() || pool.value().equals(labels.get(Labels.POOL))) {
            return new NodeAffinity(List.of(named), List.of());
        }
        List<NodeAffinity.Expression> alike = new ArrayList<>();
        alike.add(new NodeAffinity.Expression(Labels.POOL, NodeAffinity.Operator.DOES_NOT_EXIST, List.of()));
        new TreeMap<>(labels).forEach((key, value) -> alike.add(in(key, value)));
        narrower(pool, labels)
                .forEach((key, values) ->
                        alike.add(new NodeAffinity.Expression(key, NodeAffinity.Operator.NOT_IN, List.copyOf(values))));
        return new NodeAffinity(List.of(named, new NodeAffinity.Term(alike)), List.of());
    }

    /** Labels by which nodes that have all of {@code labels} belong to another pool; only pools that ask one label more. */
    private Map<String, TreeSet<String>> narrower(PoolName pool, Map<String, String> labels) {
        Map<String, TreeSet<String>> more = new TreeMap<>();
        pools.forEach((other, asked) -> {
            if (!other.equals(pool)
                    && asked.size() == labels.size() + 1
                    && asked.entrySet().containsAll(labels.entrySet())) {
                asked.forEach((key, value) -> {
                    if (!labels.containsKey(key)) {
                        more.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
                    }
                });
            }
        });
        return more;
    }

    /** @throws IllegalArgumentException where the team is not known here */
    TeamPlace place(TeamName team) {
        TeamPlace place = teams.get(team);
        if (place == null) {
            throw new IllegalArgumentException(
                    "Team %s has no namespace: declare it with a namespace first".formatted(team));
        }
        return place;
    }

    private static NodeAffinity.Expression in(String key, String value) {
        return new NodeAffinity.Expression(key, NodeAffinity.Operator.IN, List.of(value));
    }
}
