package dev.muster.simulation.placement;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.List;

/** Equal pods that ask for room in one pool. */
public record Demand(
        RoleName role,
        PoolName pool,
        int pods,
        Resources resources,
        NodeAffinity affinity,
        List<Toleration> tolerations) {
    /** One pod above a gang's minimum. */
    public static Demand of(ElasticPod pod) {
        return new Demand(
                pod.role(),
                pod.pool(),
                1,
                pod.template().resources(),
                pod.template().affinity(),
                pod.template().tolerations());
    }

    /** The demands of a gang: role by role, of each role its pools by name, which is the order of the pods' numbers. */
    public static List<Demand> of(Gang gang) {
        return gang.members().stream()
                .flatMap(member -> member.pools().entrySet().stream()
                        .map(share -> new Demand(
                                member.role(),
                                share.getKey(),
                                share.getValue(),
                                member.template().resources(),
                                member.template().affinity(),
                                member.template().tolerations())))
                .toList();
    }
}
