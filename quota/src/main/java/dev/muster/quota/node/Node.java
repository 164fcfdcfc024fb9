package dev.muster.quota.node;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;

/**
 * A node as the planner sees it. {@code allocatable} is what pods may request in all, {@code overhead} what pods outside of
 * Muster (DaemonSets among them) request now, {@code foreignPods} how many those are; {@code maxPods} is the node's pod limit.
 */
public record Node(
        NodeName name,
        PoolName pool,
        Map<String, String> labels,
        List<Taint> taints,
        Resources allocatable,
        Resources overhead,
        int maxPods,
        int foreignPods,
        boolean ready) {
    public Node {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    /** The same, ready or not. */
    public Node withReady(boolean isReady) {
        return ready == isReady
                ? this
                : new Node(name, pool, labels, taints, allocatable, overhead, maxPods, foreignPods, isReady);
    }

    /** True where a pod with this affinity and these tolerations may be placed here. */
    public boolean admits(NodeAffinity affinity, List<Toleration> tolerations) {
        return affinity.allows(labels)
                && taints.stream()
                        .filter(taint -> taint.effect() != TaintEffect.PREFER_NO_SCHEDULE)
                        .allMatch(taint -> tolerations.stream().anyMatch(t -> t.tolerates(taint)));
    }
}
