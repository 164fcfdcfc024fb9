package dev.muster.rehearsal;

import dev.muster.job.Role;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** In which pools the pods of a role may run, by affinity and taints of the nodes that are there. */
public final class Places {
    private final List<Node> nodes;
    private final Map<Role, List<PoolName>> known = new HashMap<>();

    public Places(List<Node> nodes) {
        this.nodes = nodes;
    }

    public List<PoolName> of(Role role) {
        return known.computeIfAbsent(role, asked -> {
            TreeSet<PoolName> pools = new TreeSet<>();
            for (Node node : nodes) {
                if (!pools.contains(node.pool())
                        && node.admits(asked.pod().affinity(), asked.pod().tolerations())) {
                    pools.add(node.pool());
                }
            }
            return List.copyOf(pools);
        });
    }
}
