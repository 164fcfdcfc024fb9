package dev.muster.kubernetes;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of the nodes that are kept warm some pods need: so many that they fit there wherever the scheduler puts which of them first. That
 * is certain where each node counts for as many pods as it takes of a size that none of them exceeds.
 */
record WarmRoom(int pods, List<PodTemplate> kinds) {
    WarmRoom {
        kinds = List.copyOf(kinds);
    }

    /** What a gang puts into each of its pools. */
    static Map<PoolName, WarmRoom> of(Gang gang) {
        Map<PoolName, WarmRoom> all = new TreeMap<>();
        gang.members().forEach(member -> member.pools()
                .forEach((pool, pods) ->
                        all.merge(pool, new WarmRoom(pods, List.of(member.template())), WarmRoom::and)));
        return all;
    }

    static Map<PoolName, WarmRoom> of(List<ElasticPod> pods) {
        Map<PoolName, WarmRoom> all = new TreeMap<>();
        pods.forEach(pod -> all.merge(pod.pool(), new WarmRoom(1, List.of(pod.template())), WarmRoom::and));
        return all;
    }

    private WarmRoom and(WarmRoom other) {
        List<PodTemplate> both = new ArrayList<>(kinds);
        other.kinds.stream().filter(kind -> !both.contains(kind)).forEach(both::add);
        return new WarmRoom(pods + other.pods, both);
    }

    /** Of {@code empty} nodes the fewest that will do, and empty where all of them may not. */
    Optional<Set<NodeName>> among(Collection<Node> empty) {
        Resources largest = largest();
        Map<Node, Long> places = new HashMap<>();
        for (Node node : empty) {
            long count = places(node, largest);
            if (count > 0) {
                places.put(node, count);
            }
        }
        List<Node> sorted = places.keySet().stream()
                .sorted(Comparator.comparing((Node node) -> -places.get(node)).thenComparing(Node::name))
                .toList();
        Set<NodeName> chosen = new LinkedHashSet<>();
        long left = pods;
        for (Node node : sorted) {
            if (left <= 0) {
                break;
            }
            chosen.add(node.name());
            left -= places.get(node);
        }
        return left > 0 ? Optional.empty() : Optional.of(chosen);
    }

    /** No pod asks more of anything. */
    private Resources largest() {
        Map<String, Long> most = new HashMap<>();
        kinds.forEach(kind ->
                kind.resources().asMap().forEach((resource, amount) -> most.merge(resource, amount, Math::max)));
        return Resources.of(most);
    }

    private long places(Node node, Resources each) {
        if (!node.ready() || !kinds.stream().allMatch(kind -> node.admits(kind.affinity(), kind.tolerations()))) {
            return 0;
        }
        long most = (long) node.maxPods() - node.foreignPods();
        for (Map.Entry<String, Long> one : each.asMap().entrySet()) {
            long free =
                    node.allocatable().amount(one.getKey()) - node.overhead().amount(one.getKey());
            most = one.getValue() == 0 ? most : Math.min(most, free / one.getValue());
        }
        return Math.max(0, most);
    }
}
