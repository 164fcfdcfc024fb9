package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A node in the words of the placement. */
final class NodeReading {
    private static final String PODS = "pods";

    private NodeReading() {}

    static dev.muster.quota.node.Node node(Node node) {
        Map<String, Long> allocatable =
                node.getStatus() == null || node.getStatus().getAllocatable() == null
                        ? Map.of()
                        : amounts(node.getStatus().getAllocatable());
        int most = (int) Math.min(Integer.MAX_VALUE, allocatable.getOrDefault(PODS, 0L));
        Map<String, Long> resources = new TreeMap<>(allocatable);
        resources.remove(PODS);
        Map<String, String> labels =
                new HashMap<>(Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()));
        labels.putIfAbsent("kubernetes.io/hostname", node.getMetadata().getName());
        List<Taint> taints = node.getSpec() == null
                ? List.of()
                : node.getSpec().getTaints().stream()
                        .map(taint -> new Taint(
                                taint.getKey(),
                                Objects.requireNonNullElse(taint.getValue(), ""),
                                PodReading.effect(taint.getEffect())))
                        .toList();
        return new dev.muster.quota.node.Node(
                new NodeName(node.getMetadata().getName()),
                PodReading.ALL,
                labels,
                taints,
                Resources.of(resources),
                Resources.NONE,
                most,
                0,
                isUsable(node));
    }

    static Map<String, Long> amounts(Map<String, Quantity> quantities) {
        Map<String, Long> amounts = new TreeMap<>();
        quantities.forEach((name, quantity) -> amounts.put(name, PodReading.amount(name, quantity)));
        return amounts;
    }

    private static boolean isUsable(Node node) {
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return !cordoned
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
