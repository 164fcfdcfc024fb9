package dev.muster.quota.scenario;

import dev.muster.quota.node.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes of one pool: how many where all are equal, else each with what differs from the first. */
final class PoolWords {
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String POOL = "muster.dev/pool";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int USUAL_PODS = 110;

    private PoolWords() {}

    static Map<String, Object> pools(List<Node> nodes) {
        Map<String, List<Node>> byPool = new TreeMap<>();
        nodes.forEach(node -> byPool.computeIfAbsent(node.pool().value(), pool -> new ArrayList<>())
                .add(node));
        Map<String, Object> pools = new LinkedHashMap<>();
        byPool.forEach((name, own) -> pools.put(name, pool(own)));
        return pools;
    }

    private static Map<String, Object> pool(List<Node> nodes) {
        Node first = nodes.get(0);
        Map<String, Object> words = new LinkedHashMap<>();
        Map<String, @Nullable String> shared = shared(first, nodes);
        List<Map<String, Object>> each = new ArrayList<>();
        boolean counted = true;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Map<String, Object> own = difference(first, shared, node);
            counted &= own.isEmpty() && node.name().value().equals(first.pool() + "-" + i);
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("name", node.name().value());
            named.putAll(own);
            each.add(named);
        }
        words.put("nodes", counted ? Integer.toString(nodes.size()) : each);
        words.putAll(AmountWords.of(first.allocatable()));
        put(words, shared);
        if (!first.taints().isEmpty()) {
            words.put(
                    "taints", first.taints().stream().map(SelectionWords::taint).toList());
        }
        rest(words, first, USUAL_PODS, 0, true);
        if (!first.overhead().isZero()) {
            words.put("overhead", AmountWords.of(first.overhead()));
        }
        return words;
    }

    private static Map<String, Object> difference(Node first, Map<String, @Nullable String> shared, Node node) {
        Map<String, Object> words =
                new LinkedHashMap<>(AmountWords.difference(first.allocatable(), node.allocatable()));
        put(words, difference(shared, labels(node)));
        if (!first.taints().equals(node.taints())) {
            words.put(
                    "taints", node.taints().stream().map(SelectionWords::taint).toList());
        }
        rest(words, node, first.maxPods(), first.foreignPods(), first.ready());
        if (!first.overhead().equals(node.overhead())) {
            words.put("overhead", AmountWords.of(node.overhead()));
        }
        return words;
    }

    private static void rest(Map<String, Object> words, Node node, int maxPods, int otherPods, boolean ready) {
        if (node.maxPods() != maxPods) {
            words.put("maxPods", node.maxPods());
        }
        if (node.foreignPods() != otherPods) {
            words.put("otherPods", node.foreignPods());
        }
        if (node.ready() != ready) {
            words.put("ready", node.ready());
        }
    }

    /** What all of them lack of the labels that the reader gives every node. */
    private static Map<String, @Nullable String> lacking(List<Node> nodes) {
        Map<String, @Nullable String> lacking = new TreeMap<>();
        for (String key : List.of(HOSTNAME, POOL)) {
            if (nodes.stream().noneMatch(node -> node.labels().containsKey(key))) {
                lacking.put(key, null);
            }
        }
        return lacking;
    }

    /** Its labels, without those that the reader gives every node; null for one of those that it has not. */
    private static Map<String, @Nullable String> labels(Node node) {
        Map<String, @Nullable String> labels = new TreeMap<>(node.labels());
        Map.of(HOSTNAME, node.name().value(), POOL, node.pool().value()).forEach((key, value) -> {
            if (value.equals(labels.get(key))) {
                labels.remove(key);
            } else {
                labels.putIfAbsent(key, null);
            }
        });
        return labels;
    }

    private static Map<String, @Nullable String> shared(Node first, List<Node> nodes) {
        Map<String, @Nullable String> shared = labels(first);
        shared.remove(HOSTNAME);
        shared.remove(POOL);
        shared.putAll(lacking(nodes));
        return shared;
    }

    private static Map<String, @Nullable String> difference(
            Map<String, @Nullable String> base, Map<String, @Nullable String> labels) {
        Map<String, @Nullable String> own = new TreeMap<>();
        labels.forEach((key, value) -> {
            if (!base.containsKey(key) || !Objects.equals(base.get(key), value)) {
                own.put(key, value);
            }
        });
        base.keySet().stream().filter(key -> !labels.containsKey(key)).forEach(key -> own.put(key, null));
        return own;
    }

    private static void put(Map<String, Object> words, Map<String, @Nullable String> labels) {
        Map<String, @Nullable String> own = new TreeMap<>(labels);
        String zone = own.get(ZONE);
        if (zone != null) {
            words.put("zone", zone);
            own.remove(ZONE);
        }
        if (!own.isEmpty()) {
            words.put("labels", own);
        }
    }
}
