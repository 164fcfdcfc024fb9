package dev.muster.simulation.past;

import dev.muster.quota.name.PoolName;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What happened in a service arrives again, the same for every seed: the gang of each job, as long as it ran. */
public final class PastLoad implements Load {
    private static final PoolName NOWHERE = new PoolName("nowhere");

    private final PastCluster cluster;
    private final Duration lasts;
    private final List<LoadJob> jobs;

    public PastLoad(PastCluster cluster, Duration lasts, Collection<PastJob> jobs) {
        this.cluster = cluster;
        this.lasts = lasts;
        this.jobs = jobs.stream()
                .map(this::load)
                .sorted(Comparator.comparingLong(LoadJob::arrival).thenComparing(LoadJob::id))
                .toList();
    }

    private LoadJob load(PastJob job) {
        List<LoadRole> roles = new ArrayList<>();
        for (PastRole role : job.roles()) {
            if (role.minimum() > 0) {
                roles.add(role(role, role.minimum()));
            }
        }
        if (roles.isEmpty()) {
            roles.add(role(job.roles().get(job.roles().size() - 1), 1));
        }
        int workers = roles.get(roles.size() - 1).gang();
        double seconds = Math.max(0.001, job.ran().toMillis() / 1000.0);
        return new LoadJob(
                job.id(),
                job.queue(),
                job.priority(),
                job.mayPreempt(),
                cluster.since(job.at()),
                roles,
                List.of(new Stage(workers, workers * seconds)),
                job.told() == null ? null : (Long) job.told().toMillis(),
                0,
                3,
                0,
                0);
    }

    private LoadRole role(PastRole role, int pods) {
        Set<PoolName> pools = new TreeSet<>();
        role.pools().forEach(pool -> pools.addAll(cluster.parts(pool)));
        if (pools.isEmpty()) {
            // Nowhere: it counts as larger than the cluster.
            pools.add(NOWHERE);
        }
        return new LoadRole(
                role.name(),
                pods,
                pods,
                role.pod(),
                pools.size() == cluster.site().pools().size() ? Set.of() : pools);
    }

    @Override
    public List<LoadJob> jobs(long seed) {
        return jobs;
    }

    /** As long again as it took: what has not ended then counts as not done. */
    @Override
    public long until(List<LoadJob> some) {
        return 2 * lasts.toMillis();
    }
}
