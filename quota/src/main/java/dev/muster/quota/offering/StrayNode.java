package dev.muster.quota.offering;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;

/** A node that belongs to no declared pool, so that nothing is launched there. */
public record StrayNode(
        NodeName name,
        Map<String, String> labels,
        List<Taint> taints,
        Resources allocatable,
        int maxPods,
        boolean ready) {
    public StrayNode {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }
}
