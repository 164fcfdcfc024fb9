package dev.muster.cli.simulate;

import dev.muster.api.RecordedJob;
import dev.muster.api.RecordedJob.RecordedRole;
import dev.muster.cli.BadInput;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.load.Stage;
import dev.muster.simulation.site.SiteSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happened in a service arrives again, the same for every seed: the gang of each job, as long as it ran. Who never started, and so
 * has no run time, is left out and counted.
 */
public final class RecordedLoad implements Load {
    private static final int NAMED = 3;
    private static final PoolName NOWHERE = new PoolName("nowhere");

    private final RecordingFile file;
    private final RecordedCluster cluster;
    private final List<LoadJob> jobs = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private RecordedLoad(RecordingFile file) {
        this.file = file;
        this.cluster = new RecordedCluster(file);
    }

    /** @throws BadInput where it is wrong: with line, and what was expected */
    public static RecordedLoad read(Path file) {
        RecordedLoad load = new RecordedLoad(RecordingFile.read(file));
        load.remark(file);
        long unknown =
                load.file.jobs().stream().filter(job -> job.seconds() == null).count();
        if (unknown > 0) {
            load.remarks.add("%s: %d jobs never started, so nobody knows how long they run: they are left out"
                    .formatted(file, unknown));
        }
        load.file.jobs().stream().filter(job -> job.seconds() != null).forEach(job -> load.jobs.add(load.load(job)));
        if (load.jobs.isEmpty()) {
            throw new BadInput("%s holds no job that ever started".formatted(file));
        }
        load.jobs.sort(Comparator.comparingLong(LoadJob::arrival).thenComparing(LoadJob::id));
        return load;
    }

    private void remark(Path name) {
        List<String> backwards = file.backwards();
        if (!backwards.isEmpty()) {
            remarks.add("%s: the clock goes backwards %d times (%s): what those lines tell is put where it belongs"
                    .formatted(
                            name,
                            backwards.size(),
                            String.join("; ", backwards.subList(0, Math.min(NAMED, backwards.size())))));
        }
        remarks.addAll(cluster.remarks());
    }

    private LoadJob load(RecordedJob job) {
        List<LoadRole> roles = new ArrayList<>();
        for (RecordedRole role : job.roles()) {
            if (role.minimum() > 0) {
                roles.add(role(role, role.minimum()));
            }
        }
        if (roles.isEmpty()) {
            roles.add(role(job.roles().get(job.roles().size() - 1), 1));
        }
        int workers = roles.get(roles.size() - 1).gang();
        double seconds = Math.max(0.001, job.seconds() == null ? 0 : job.seconds());
        return new LoadJob(
                new JobId(job.id()),
                new QueueName(job.queue()),
                job.priority(),
                since(job.at()),
                roles,
                List.of(new Stage(workers, workers * seconds)),
                job.toldSeconds() == null ? null : (Long) Math.round(job.toldSeconds() * 1000),
                0,
                3,
                0,
                0);
    }

    private LoadRole role(RecordedRole role, int pods) {
        Set<PoolName> pools = new TreeSet<>();
        role.pools().forEach(pool -> pools.addAll(cluster.parts(pool)));
        if (pools.isEmpty()) {
            // Nowhere: it counts as larger than the cluster.
            pools.add(NOWHERE);
        }
        return new LoadRole(
                new RoleName(role.name()),
                pods,
                pods,
                Resources.of(Map.copyOf(role.requests())),
                pools.size() == cluster.site().pools().size() ? Set.of() : pools);
    }

    private long since(Instant at) {
        return Math.max(0, Duration.between(file.head().from(), at).toMillis());
    }

    /** The cluster as it was. */
    public SiteSpec site() {
        return cluster.site();
    }

    /** The policy that was in force when it was recorded. */
    public PlanSettings policy() {
        return file.cluster().snapshot().settings();
    }

    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public List<LoadJob> jobs(long seed) {
        return jobs;
    }

    /** As long again as it took: what has not ended then counts as not done. */
    @Override
    public long until(List<LoadJob> some) {
        return 2 * Duration.between(file.head().from(), file.head().to()).toMillis();
    }
}
