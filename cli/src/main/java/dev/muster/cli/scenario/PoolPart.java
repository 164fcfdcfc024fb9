package dev.muster.cli.scenario;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code pools} of a scenario. {@code nodes} is how many equal ones there are ({@code <pool>-0, <pool>-1, …}), or a list
 * of nodes, each with what differs from the pool.
 */
final class PoolPart {
    static final String ZONE = "topology.kubernetes.io/zone";

    private static final List<String> OF_A_NODE =
            List.of("labels", "zone", "taints", "maxPods", "overhead", "otherPods", "ready");
    private static final int MOST_NODES = 100_000;

    private PoolPart() {}

    static List<Node> nodes(Part pools) {
        List<Node> nodes = new ArrayList<>();
        pools.entries().forEach((name, pool) -> nodes.addAll(nodes(pool.as(PoolName::new, name), pool)));
        return nodes;
    }

    private static List<Node> nodes(PoolName pool, Part part) {
        List<String> known = new ArrayList<>(List.of("nodes"));
        known.addAll(Amounts.WORDS);
        known.addAll(OF_A_NODE);
        Map<String, Part> fields = part.fields(known, Amounts::isResource);
        Part nodes = fields.remove("nodes");
        if (nodes == null) {
            throw part.wrong(
                    "pool %s does not say its nodes".formatted(pool), "Expected such as 'nodes: 4', or a list.");
        }
        Shape shape = Shape.PLAIN.with(fields);
        List<Node> made = new ArrayList<>();
        if (!nodes.isList()) {
            int count = nodes.whole(0, MOST_NODES);
            for (int i = 0; i < count; i++) {
                made.add(shape.node(new NodeName(pool + "-" + i), pool));
            }
            return made;
        }
        List<String> ofANode = new ArrayList<>(List.of("name"));
        ofANode.addAll(Amounts.WORDS);
        ofANode.addAll(OF_A_NODE);
        for (Part node : nodes.items()) {
            Map<String, Part> own = node.fields(ofANode, Amounts::isResource);
            Part name = own.remove("name");
            NodeName called = name == null ? new NodeName(pool + "-" + made.size()) : name.as(NodeName::new);
            made.add(shape.with(own).node(called, pool));
        }
        return made;
    }

    /** What nodes of a pool share, until one says otherwise. */
    private record Shape(
            Resources allocatable,
            Map<String, String> labels,
            List<Taint> taints,
            int maxPods,
            Resources overhead,
            int otherPods,
            boolean ready) {
        /** Kubernetes' usual pod limit. */
        static final Shape PLAIN = new Shape(Resources.NONE, Map.of(), List.of(), 110, Resources.NONE, 0, true);

        Shape with(Map<String, Part> fields) {
            Map<String, Long> amounts = allocatable.asMap();
            amounts.putAll(Amounts.among(fields).asMap());
            Map<String, String> all = new LinkedHashMap<>(labels);
            if (fields.containsKey("labels")) {
                fields.get("labels").entries().forEach((key, value) -> all.put(key, value.text()));
            }
            if (fields.containsKey("zone")) {
                all.put(ZONE, fields.get("zone").text());
            }
            @Nullable Part overheadPart = fields.get("overhead");
            return new Shape(
                    Resources.of(amounts),
                    all,
                    fields.containsKey("taints")
                            ? fields.get("taints").items().stream()
                                    .map(Selection::taint)
                                    .toList()
                            : taints,
                    fields.containsKey("maxPods") ? fields.get("maxPods").whole(0, 10_000) : maxPods,
                    overheadPart == null ? overhead : Amounts.of(overheadPart),
                    fields.containsKey("otherPods") ? fields.get("otherPods").whole(0, 10_000) : otherPods,
                    fields.containsKey("ready") ? fields.get("ready").flag() : ready);
        }

        Node node(NodeName name, PoolName pool) {
            Map<String, String> all = new LinkedHashMap<>(labels);
            all.putIfAbsent("kubernetes.io/hostname", name.value());
            all.putIfAbsent("muster.dev/pool", pool.value());
            return new Node(name, pool, all, taints, allocatable, overhead, maxPods, otherPods, ready);
        }
    }
}
