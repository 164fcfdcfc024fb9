package dev.muster.quota.fragmentation;

import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.List;

/** What one pod asks, and where it may run. */
public record Shape(Resources pod, NodeAffinity affinity, List<Toleration> tolerations) {
    public Shape {
        tolerations = List.copyOf(tolerations);
    }

    boolean mayRunOn(Node node) {
        return node.ready() && node.admits(affinity, tolerations);
    }
}
