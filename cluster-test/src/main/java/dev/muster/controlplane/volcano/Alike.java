package dev.muster.controlplane.volcano;

import dev.muster.quota.node.NodeAffinity;
import dev.muster.simulation.placement.Demand;
import java.util.HashMap;
import java.util.Map;

/**
 * Volcano takes pods of one role to be alike while it looks for nodes for what a gang lacks: a node that has refused one is not
 * tried for another. Here of affinities only, in which pods of one role may differ.
 */
final class Alike {
    private final Map<String, NodeAffinity> tried = new HashMap<>();

    /** What the task demands, and what those of its role have demanded before it. */
    Demand narrowed(Task task) {
        Demand demand = task.demand();
        NodeAffinity before = tried.get(task.role());
        if (task.role().isEmpty() || demand.affinity().equals(before)) {
            return demand;
        }
        NodeAffinity both = before == null ? demand.affinity() : before.and(demand.affinity());
        tried.put(task.role(), both);
        return new Demand(demand.role(), demand.pool(), demand.pods(), demand.resources(), both, demand.tolerations());
    }
}
