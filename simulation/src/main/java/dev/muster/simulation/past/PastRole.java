package dev.muster.simulation.past;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.util.List;

/** Equal pods of a job that was; {@code pools} where they could run. */
public record PastRole(RoleName name, int minimum, Resources pod, List<PoolName> pools) {
    public PastRole {
        pools = List.copyOf(pools);
        if (minimum < 0) {
            throw new IllegalArgumentException(
                    "Role %s had a minimum of %d: expected 0 or more".formatted(name, minimum));
        }
    }
}
