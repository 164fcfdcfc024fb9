package dev.muster.pool;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one shape: each of the {@code nodes}, which an autoscaler may make up to {@code maxNodes}, has {@code resources}, {@code labels}, {@code taints} and room for
 * {@code maxPodsPerNode} pods; {@code warm} says when some are to be there before they are needed. {@code price} is per node and hour. {@code localProcesses}: commands of its pods run on this machine.
 */
public record Pool(
        PoolName name,
        int nodes,
        Resources resources,
        Map<String, String> labels,
        List<Taint> taints,
        int maxPodsPerNode,
        @Nullable BigDecimal price,
        boolean localProcesses,
        int maxNodes,
        List<Warm> warm) {
    /** Kubernetes' own default. */
    public static final int USUAL_PODS_PER_NODE = 110;

    public Pool {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        warm = warm == null ? List.of() : List.copyOf(warm); // what was declared before there were any has none
        // What was declared before pools could grow has none.
        maxNodes = Math.max(maxNodes, nodes);
        if (nodes < 0 || maxPodsPerNode < 1) {
            throw new IllegalArgumentException(
                    "Pool %s has %d nodes of %d pods each: expected 0 or more nodes, 1 or more pods"
                            .formatted(name, nodes, maxPodsPerNode));
        }
    }

    /** One of which nothing is kept warm. */
    public Pool(
            PoolName name,
            int nodes,
            Resources resources,
            Map<String, String> labels,
            List<Taint> taints,
            int maxPodsPerNode,
            @Nullable BigDecimal price,
            boolean localProcesses,
            int maxNodes) {
        this(name, nodes, resources, labels, taints, maxPodsPerNode, price, localProcesses, maxNodes, List.of());
    }

    /** One that does not grow. */
    public Pool(
            PoolName name,
            int nodes,
            Resources resources,
            Map<String, String> labels,
            List<Taint> taints,
            int maxPodsPerNode,
            @Nullable BigDecimal price,
            boolean localProcesses) {
        this(name, nodes, resources, labels, taints, maxPodsPerNode, price, localProcesses, nodes);
    }

    /** What an autoscaler adds to it. */
    public Offering offering() {
        return Offering.of(name, labels);
    }

    /** One of its nodes by this name, with nothing on it, as the pool is declared: what DaemonSets take of it is not known. */
    public Node emptyNode(NodeName node) {
        return new Node(node, name, nodeLabels(), taints, resources, Resources.NONE, maxPodsPerNode, 0, true);
    }

    /** Its labels and its name: what a node of it has. */
    public Map<String, String> nodeLabels() {
        Map<String, String> all = new HashMap<>(labels);
        all.put("muster.dev/pool", name.value());
        return Map.copyOf(all);
    }
}
