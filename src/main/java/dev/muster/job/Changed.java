package dev.muster.job;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Map;

/**
 * What is different from this attempt of a job on: {@code memory} in percent of what the roles were asked for at first, nodes and
 * pools to keep away from, whether nodes that may be taken back are among them. {@code told} are sentences for people.
 */
public record Changed(
        int attempt,
        Map<RoleName, Integer> memory,
        List<NodeName> nodes,
        List<PoolName> pools,
        boolean offSpot,
        List<String> told) {
    public Changed {
        memory = Map.copyOf(memory);
        nodes = List.copyOf(nodes);
        pools = List.copyOf(pools);
        told = List.copyOf(told);
    }
}
