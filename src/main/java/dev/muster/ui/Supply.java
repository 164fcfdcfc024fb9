package dev.muster.ui;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes of each pool and what is held of them: by bound pods and by what is not Muster's. {@code promised} is what launching
 * pods of the pool will take that are bound to no node yet.
 */
record Supply(Map<PoolName, List<NodeUse>> nodes, Map<PoolName, Held> promised) {
    /** An amount, and of how many pods. */
    record Held(Resources resources, int pods) {
        static final Held NOTHING = new Held(Resources.NONE, 0);

        Held plus(Resources each, int count) {
            return new Held(resources.plus(each.times(count)), pods + count);
        }
    }

    /** One node. */
    record NodeUse(NodeName name, boolean ready, Resources allocatable, Held held) {}

    static Supply of(Collection<Node> nodes, Collection<LiveAttempt> live) {
        Map<NodeName, Held> bound = new HashMap<>();
        Map<PoolName, Held> promised = new HashMap<>();
        for (LiveAttempt attempt : live) {
            for (LiveAttempt.Held held : attempt.pods()) {
                if (held.node() == null) {
                    promised.merge(held.pool(), Held.NOTHING.plus(held.pod(), held.count()), Supply::sum);
                } else {
                    bound.merge(held.node(), Held.NOTHING.plus(held.pod(), held.count()), Supply::sum);
                }
            }
        }
        Map<PoolName, List<NodeUse>> byPool = new TreeMap<>();
        nodes.stream()
                .sorted(Comparator.comparing(node -> natural(node.name().value())))
                .forEach(node -> {
                    Held pods = bound.getOrDefault(node.name(), Held.NOTHING);
                    Held all = new Held(pods.resources().plus(node.overhead()), pods.pods() + node.foreignPods());
                    byPool.computeIfAbsent(node.pool(), pool -> new ArrayList<>())
                            .add(new NodeUse(node.name(), node.ready(), node.allocatable(), all));
                });
        return new Supply(byPool, promised);
    }

    /** What all ready nodes can hold. */
    Resources room() {
        return nodes.values().stream()
                .flatMap(List::stream)
                .filter(NodeUse::ready)
                .map(NodeUse::allocatable)
                .reduce(Resources.NONE, Resources::plus);
    }

    List<NodeUse> of(PoolName pool) {
        return nodes.getOrDefault(pool, List.of());
    }

    private static Held sum(Held a, Held b) {
        return new Held(a.resources().plus(b.resources()), a.pods() + b.pods());
    }

    /** node-2 before node-10. */
    private static String natural(String name) {
        return java.util.regex.Pattern.compile("\\d+")
                .matcher(name)
                .replaceAll(digits -> "0".repeat(Math.max(0, 20 - digits.group().length())) + digits.group());
    }
}
