package dev.muster.simulation.load;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.util.Set;

/** Equal pods of a job: {@code gang} start together, {@code most} are used at most; {@code pools} where they may run, empty for any. */
public record LoadRole(RoleName name, int gang, int most, Resources pod, Set<PoolName> pools) {
    public LoadRole {
        pools = Set.copyOf(pools);
        if (gang < 0 || most < Math.max(1, gang)) {
            throw new IllegalArgumentException(
                    "Role %s has %d to %d pods: expected 0 ≤ gang ≤ most, most 1 or more".formatted(name, gang, most));
        }
    }
}
