package dev.muster.simulation.load;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.market.Latency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of one kind, drawn by lot. {@code poolOfTeam}: the jobs of team n run only in the pool of that name and {@code -n}.
 * {@code stages}: of elastic jobs, empty for rigid ones. {@code driver}: one more pod, in {@code driverPools}; null for none.
 * {@code preempts}: others may end for them, where a policy lets them. {@code told}: what is told of run times is so many times the truth, 0 for nothing.
 */
public record Kind(
        String name,
        int teams,
        Arrivals arrivals,
        Sizes gang,
        int most,
        Resources pod,
        Set<PoolName> pools,
        @Nullable String poolOfTeam,
        @Nullable Resources driver,
        Set<PoolName> driverPools,
        Latency runs,
        List<Part> stages,
        double told,
        int priority,
        boolean preempts,
        long patience,
        int retries,
        double fails,
        long saves) {
    public Kind {
        stages = List.copyOf(stages);
    }

    /** A stage: as many workers as {@code width} of them can use, for {@code lasts} if they are all there. */
    public record Part(int width, long lasts) {}
}
