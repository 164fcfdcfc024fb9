package dev.muster.kubernetes;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is kept of a node. {@code leaving}: an autoscaler is removing it. */
record NodeFacts(
        NodeName name,
        Map<String, String> labels,
        List<Taint> taints,
        Resources allocatable,
        int maxPods,
        boolean ready,
        boolean takenBack,
        boolean leaving) {
    private static final String PODS = "pods";
    private static final Set<String> LEAVING = Set.of("ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted");
    private static final int USUAL_PODS = 110;

    static NodeFacts of(Node node) {
        Map<String, String> labels =
                Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of());
        List<Taint> taints = node.getSpec() == null || node.getSpec().getTaints() == null
                ? List.of()
                : Taints.of(node.getSpec().getTaints());
        Set<String> conditions = conditions(node);
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        return new NodeFacts(
                new NodeName(node.getMetadata().getName()),
                Map.copyOf(labels),
                taints,
                Quantities.resources(allocatable(node)),
                pods(node),
                conditions.contains("Ready") && !cordoned && node.getMetadata().getDeletionTimestamp() == null,
                Interruptions.isAnnounced(taints, conditions)
                        || (Interruptions.isSpot(labels) && Interruptions.isUnreachable(taints)),
                taints.stream().anyMatch(taint -> LEAVING.contains(taint.key())));
    }

    private static Set<String> conditions(Node node) {
        if (node.getStatus() == null || node.getStatus().getConditions() == null) {
            return Set.of();
        }
        return node.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(NodeCondition::getType)
                .collect(Collectors.toSet());
    }

    private static Map<String, Quantity> allocatable(Node node) {
        Map<String, Quantity> amounts = new HashMap<>();
        if (node.getStatus() != null && node.getStatus().getAllocatable() != null) {
            amounts.putAll(node.getStatus().getAllocatable());
        }
        amounts.remove(PODS);
        return amounts;
    }

    private static int pods(Node node) {
        Quantity pods = node.getStatus() == null || node.getStatus().getAllocatable() == null
                ? null
                : node.getStatus().getAllocatable().get(PODS);
        return pods == null ? USUAL_PODS : pods.getNumericalAmount().intValue();
    }
}
