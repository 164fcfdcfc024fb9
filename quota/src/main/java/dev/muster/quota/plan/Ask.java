package dev.muster.quota.plan;

import dev.muster.quota.fit.Collocation;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import java.util.List;

/** What a role asks: {@code minimum} to {@code maximum} pods, each with {@code pod} resources, on nodes that it allows, with a wish how they lie there. */
public record Ask(
        RoleName role,
        int minimum,
        int maximum,
        Resources pod,
        NodeAffinity affinity,
        List<Toleration> tolerations,
        Collocation collocation) {
    /** On whatever nodes. */
    public Ask(
            RoleName role,
            int minimum,
            int maximum,
            Resources pod,
            NodeAffinity affinity,
            List<Toleration> tolerations) {
        this(role, minimum, maximum, pod, affinity, tolerations, Collocation.NONE);
    }

    public Ask {
        tolerations = List.copyOf(tolerations);
        if (minimum < 0 || maximum < Math.max(1, minimum)) {
            throw new IllegalArgumentException(
                    "Role %s asks %d to %d pods: expected 0 ≤ minimum ≤ maximum, maximum 1 or more"
                            .formatted(role, minimum, maximum));
        }
    }
}
