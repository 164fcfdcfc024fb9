package dev.muster.quota.offering;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The group of a node by its provider's or autoscaler's word, and the label that says it. */
public record ProviderGroup(String label, String name) {
    /** The first that is there counts. */
    private static final List<String> LABELS = List.of(
            "eks.amazonaws.com/nodegroup",
            "alpha.eksctl.io/nodegroup-name",
            "cloud.google.com/gke-nodepool",
            "kubernetes.azure.com/agentpool",
            "agentpool",
            "karpenter.sh/nodepool",
            "kops.k8s.io/instancegroup",
            "node.cluster.x-k8s.io/machinepool");

    /** Empty where no label says it. */
    public static Optional<ProviderGroup> of(Map<String, String> labels) {
        return LABELS.stream()
                .filter(labels::containsKey)
                .findFirst()
                .map(label -> new ProviderGroup(label, labels.get(label)));
    }
}
