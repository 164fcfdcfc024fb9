package dev.muster.simulation;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code nodes} equal nodes, named {@code <pool>-0} and on. {@code allocatable} is what each offers to pods, {@code maxPods}
 * how many pods it takes. Where {@code localProcesses} is true its pods run their commands as processes of this machine.
 */
public record SimulatedPool(
        PoolName name,
        int nodes,
        Resources allocatable,
        Map<String, String> labels,
        List<Taint> taints,
        int maxPods,
        boolean localProcesses) {
    /** Most nodes of one pool. */
    public static final int MOST_NODES = 100_000;
    /** A kubelet's own limit where nothing else is said. */
    public static final int USUAL_MAX_PODS = 110;
    /** The label that holds the name of a node. */
    public static final String HOSTNAME = "kubernetes.io/hostname";
    /** The label that holds the name of a node's pool. */
    public static final String POOL = "muster.dev/pool";

    public SimulatedPool {
        if (nodes < 0 || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "Pool %s asks for %d nodes: expected 0 to %d".formatted(name, nodes, MOST_NODES));
        }
        if (maxPods < 1) {
            throw new IllegalArgumentException(
                    "Pool %s allows %d pods a node: expected 1 or more".formatted(name, maxPods));
        }
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }

    /** A pool without labels and taints. */
    public static SimulatedPool of(String name, int nodes, Resources allocatable) {
        return new SimulatedPool(new PoolName(name), nodes, allocatable, Map.of(), List.of(), USUAL_MAX_PODS, false);
    }

    public SimulatedPool withNodes(int count) {
        return new SimulatedPool(name, count, allocatable, labels, taints, maxPods, localProcesses);
    }

    public SimulatedPool withLabels(Map<String, String> other) {
        return new SimulatedPool(name, nodes, allocatable, other, taints, maxPods, localProcesses);
    }

    public SimulatedPool withTaints(List<Taint> other) {
        return new SimulatedPool(name, nodes, allocatable, labels, other, maxPods, localProcesses);
    }

    public SimulatedPool withMaxPods(int most) {
        return new SimulatedPool(name, nodes, allocatable, labels, taints, most, localProcesses);
    }

    /** The same pool, running its pods as local processes. */
    public SimulatedPool withLocalProcesses() {
        return new SimulatedPool(name, nodes, allocatable, labels, taints, maxPods, true);
    }

    /** The {@code index}th node, ready, with the labels that a kubelet adds. */
    public Node node(int index) {
        NodeName nodeName = new NodeName(name + "-" + index);
        Map<String, String> all = new HashMap<>(Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
        all.putAll(labels);
        all.put(HOSTNAME, nodeName.value());
        all.put(POOL, name.value());
        return new Node(nodeName, name, all, taints, allocatable, Resources.NONE, maxPods, 0, true);
    }
}
