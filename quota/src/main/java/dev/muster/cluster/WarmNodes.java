package dev.muster.cluster;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.List;

/**
 * Nodes of a pool that are to be there though nobody needs them yet. {@code each} is what a pod asks that keeps one: no two fit on a node.
 */
public record WarmNodes(PoolName pool, int nodes, Resources each, List<Toleration> tolerations) {
    public WarmNodes {
        tolerations = List.copyOf(tolerations);
        if (nodes < 0) {
            throw new IllegalArgumentException("%d warm nodes of pool %s: expected 0 or more".formatted(nodes, pool));
        }
    }
}
