package dev.muster.cli.scenario;

import dev.muster.cli.manifest.Spelling;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What jobs may refer to: the queues, pools and nodes of the scenario. */
final class Known {
    private final QueueTree tree;
    private final Map<NodeName, Node> nodes = new HashMap<>();
    private final TreeSet<PoolName> pools = new TreeSet<>();

    Known(List<QueueSpec> queues, List<Node> nodes, Collection<PoolName> pools) {
        this.tree = QueueTree.lenient(queues);
        this.pools.addAll(pools);
        nodes.forEach(node -> this.nodes.put(node.name(), node));
    }

    QueueName leaf(Part part) {
        QueueName queue = part.as(QueueName::new);
        if (!tree.isLeaf(queue)) {
            List<String> leaves = tree.queues().stream()
                    .map(QueueSpec::name)
                    .filter(tree::isLeaf)
                    .map(QueueName::value)
                    .toList();
            String expected = "Expected one of " + some(leaves);
            throw part.wrong(
                    tree.queue(queue).isPresent()
                            ? "queue %s has queues below it: jobs wait in leaves".formatted(queue)
                            : "unknown queue '%s'".formatted(queue),
                    Spelling.meant(queue.value(), leaves)
                            .map(meant -> new String[] {"Did you mean '" + meant + "'?", expected})
                            .orElseGet(() -> new String[] {expected}));
        }
        return queue;
    }

    /** @throws IllegalArgumentException where there is none of this name */
    PoolName pool(String text) {
        PoolName pool = new PoolName(text);
        if (!pools.contains(pool)) {
            throw new IllegalArgumentException("unknown pool '%s': expected one of %s".formatted(pool, some(pools)));
        }
        return pool;
    }

    Optional<PoolName> onlyPool() {
        return pools.size() == 1 ? Optional.of(pools.first()) : Optional.empty();
    }

    String pools() {
        return some(pools);
    }

    /** @throws IllegalArgumentException where there is none of this name */
    Node node(String name) {
        Node node = nodes.get(new NodeName(name));
        if (node == null) {
            throw new IllegalArgumentException("unknown node '%s': expected such as %s"
                    .formatted(
                            name,
                            some(nodes.keySet().stream()
                                    .sorted(java.util.Comparator.comparing(NodeName::value))
                                    .toList())));
        }
        return node;
    }

    private static String some(Collection<?> names) {
        return names.isEmpty()
                ? "none, for there are none"
                : names.stream().limit(10).map(Object::toString).collect(Collectors.joining(", "))
                        + (names.size() > 10 ? ", …" : "");
    }
}
