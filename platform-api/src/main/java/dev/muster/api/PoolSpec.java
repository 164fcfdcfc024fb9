package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes of one shape. {@code nodes} is how many the simulated cluster makes; {@code maxNodes}: how many an autoscaler may make of them, {@code nodes} where it is not said; {@code localProcesses} runs the pods' commands on this machine, where the operator allows it. */
public record PoolSpec(
        int nodes,
        Map<String, String> resources,
        @Nullable Map<String, String> labels,
        @Nullable List<TaintSpec> taints,
        @Nullable Integer maxPodsPerNode,
        @Nullable String price,
        @Nullable Boolean localProcesses,
        @Nullable Integer maxNodes,
        @Nullable List<WarmSpec> warm) {
    /** Of which nothing is kept warm. */
    public PoolSpec(
            int nodes,
            Map<String, String> resources,
            @Nullable Map<String, String> labels,
            @Nullable List<TaintSpec> taints,
            @Nullable Integer maxPodsPerNode,
            @Nullable String price,
            @Nullable Boolean localProcesses,
            @Nullable Integer maxNodes) {
        this(nodes, resources, labels, taints, maxPodsPerNode, price, localProcesses, maxNodes, null);
    }
}
