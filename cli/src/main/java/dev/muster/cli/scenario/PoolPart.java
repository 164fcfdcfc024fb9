package dev.muster.cli.scenario;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
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
    static final String POOL = "muster.dev/pool";

    private PoolPart() {}

    static List<Node> nodes(Part pools) {
        List<Node> nodes = new ArrayList<>();
        Map<NodeName, PoolName> seen = new HashMap<>();
        pools.entries().forEach((name, pool) -> {
            for (Node node : nodes(pool.as(PoolName::new, name), pool)) {
                PoolName other = seen.put(node.name(), node.pool());
                if (other != null) {
                    throw pool.wrong(
                            "node %s is there twice, in pool %s and in pool %s"
                                    .formatted(node.name(), other, node.pool()),
                            "Give one of them another name.");
                }
                if (nodes.size() == Fields.MOST_NODES) {
                    throw pool.wrong("too many nodes: expected at most %d in all".formatted(Fields.MOST_NODES));
                }
                nodes.add(node);
            }
        });
        return nodes;
    }

    /** What comes of an offering, in the same words as a node that is there. */
    static OfferingSpec grows(
            Offering offering, Map<String, Part> fields, int least, int most, @Nullable BigDecimal price) {
        Shape shape = Shape.PLAIN.with(fields);
        Map<String, @Nullable String> labels = new LinkedHashMap<>();
        labels.put(POOL, offering.pool().value());
        labels.putAll(shape.labels());
        labels.values().removeIf(value -> value == null);
        Map<String, String> said = new LinkedHashMap<>();
        labels.forEach((key, value) -> said.put(key, String.valueOf(value)));
        return new OfferingSpec(
                offering, shape.allocatable(), Math.max(1, shape.maxPods()), said, shape.taints(), least, most, price);
    }

    private static List<Node> nodes(PoolName pool, Part part) {
        Map<String, Part> fields = part.fields(Place.POOL);
        Part nodes = fields.get("nodes");
        Shape shape = Shape.PLAIN.with(fields);
        List<Node> made = new ArrayList<>();
        if (!nodes.isList()) {
            List<String> zones =
                    fields.containsKey("zones") ? fields.get("zones").texts() : List.of();
            int count = nodes.whole(0, Fields.MOST_NODES);
            for (int i = 0; i < count; i++) {
                Shape here = zones.isEmpty() ? shape : shape.inZone(zones.get(i % zones.size()));
                made.add(here.node(new NodeName(pool + "-" + i), pool));
            }
            return made;
        }
        if (fields.containsKey("zones")) {
            throw fields.get("zones")
                    .wrong(
                            "%s: nodes that are listed say their own zone".formatted(part.path()),
                            "Use 'zone: …' of each.");
        }
        for (Part node : nodes.items()) {
            Map<String, Part> own = node.fields(Place.NODE);
            Part name = own.get("name");
            NodeName called = name == null ? new NodeName(pool + "-" + made.size()) : name.as(NodeName::new);
            made.add(shape.with(own).node(called, pool));
        }
        return made;
    }

    /** What nodes of a pool share, until one says otherwise. A label without value is one that the node has not. */
    private record Shape(
            Resources allocatable,
            Map<String, @Nullable String> labels,
            List<Taint> taints,
            int maxPods,
            Resources overhead,
            int otherPods,
            boolean ready) {
        /** Kubernetes' usual pod limit. */
        static final Shape PLAIN = new Shape(Resources.NONE, Map.of(), List.of(), 110, Resources.NONE, 0, true);

        Shape with(Map<String, Part> fields) {
            Map<String, Long> amounts = allocatable.asMap();
            amounts.putAll(Amounts.said(fields));
            Map<String, @Nullable String> all = new LinkedHashMap<>(labels);
            if (fields.containsKey("labels")) {
                fields.get("labels")
                        .entries()
                        .forEach((key, value) -> all.put(key, value.isNothing() ? null : value.text()));
            }
            if (fields.containsKey("zone")) {
                all.put(ZONE, fields.get("zone").text());
            }
            return new Shape(
                    Resources.of(amounts),
                    all,
                    fields.containsKey("taints")
                            ? fields.get("taints").items().stream()
                                    .map(Selection::taint)
                                    .toList()
                            : taints,
                    fields.containsKey("maxPods") ? fields.get("maxPods").whole(0, 10_000) : maxPods,
                    fields.containsKey("overhead") ? Amounts.of(fields.get("overhead")) : overhead,
                    fields.containsKey("otherPods") ? fields.get("otherPods").whole(0, 10_000) : otherPods,
                    fields.containsKey("ready") ? fields.get("ready").flag() : ready);
        }

        Shape inZone(String zone) {
            Map<String, @Nullable String> all = new LinkedHashMap<>(labels);
            all.put(ZONE, zone);
            return new Shape(allocatable, all, taints, maxPods, overhead, otherPods, ready);
        }

        Node node(NodeName name, PoolName pool) {
            Map<String, @Nullable String> all = new LinkedHashMap<>();
            all.put("kubernetes.io/hostname", name.value());
            all.put(POOL, pool.value());
            all.putAll(labels);
            all.values().removeIf(value -> value == null);
            return new Node(name, pool, all, taints, allocatable, overhead, maxPods, otherPods, ready);
        }
    }
}
