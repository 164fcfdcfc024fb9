package dev.muster.cluster;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Nodes of a pool that are to be there though nobody needs them yet, with these {@code images} pulled. {@code each} is what a pod asks that
 * keeps one: no two fit on a node.
 */
public record WarmNodes(
        PoolName pool, int nodes, Resources each, List<Toleration> tolerations, SortedSet<String> images) {
    public WarmNodes {
        images = Collections.unmodifiableSortedSet(new TreeSet<>(images));
        tolerations = List.copyOf(tolerations);
        if (nodes < 0) {
            throw new IllegalArgumentException("%d warm nodes of pool %s: expected 0 or more".formatted(nodes, pool));
        }
    }
}
