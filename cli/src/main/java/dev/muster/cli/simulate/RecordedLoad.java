package dev.muster.cli.simulate;

import dev.muster.api.RecordedJob;
import dev.muster.api.RecordedJob.RecordedRole;
import dev.muster.api.RecordedSupply;
import dev.muster.cli.BadInput;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.load.Load;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.past.PastCluster;
import dev.muster.simulation.past.PastJob;
import dev.muster.simulation.past.PastLoad;
import dev.muster.simulation.past.PastRole;
import dev.muster.simulation.past.PastSupply;
import dev.muster.simulation.site.SiteSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened in a service arrives again. Who never started, and so has no run time, is left out and counted. */
public final class RecordedLoad implements Load {
    private static final int NAMED = 3;

    private final RecordingFile file;
    private final PastCluster cluster;
    private final PastLoad load;
    private final List<String> remarks = new ArrayList<>();

    private RecordedLoad(RecordingFile file) {
        this.file = file;
        Snapshot last = file.cluster().snapshot();
        if (last.nodes().isEmpty()) {
            throw new BadInput("the recording's cluster has no node");
        }
        this.cluster = new PastCluster(
                file.head().from(),
                last.nodes(),
                last.queues(),
                file.supply().stream().map(RecordedLoad::past).toList());
        this.load = new PastLoad(
                cluster,
                Duration.between(file.head().from(), file.head().to()),
                file.jobs().stream()
                        .filter(job -> job.seconds() != null)
                        .map(RecordedLoad::past)
                        .toList());
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
        if (load.jobs(1).isEmpty()) {
            throw new BadInput("%s holds no job that ever started".formatted(file));
        }
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

    private static PastSupply past(RecordedSupply one) {
        return new PastSupply(new PoolName(one.pool()), one.at(), one.nodes());
    }

    private static PastJob past(RecordedJob job) {
        return new PastJob(
                new JobId(job.id()),
                new QueueName(job.queue()),
                job.priority(),
                Boolean.TRUE.equals(job.mayPreempt()),
                job.at(),
                job.roles().stream().map(RecordedLoad::past).toList(),
                duration(job.seconds()),
                job.toldSeconds() == null ? null : duration(job.toldSeconds()));
    }

    private static PastRole past(RecordedRole role) {
        return new PastRole(
                new RoleName(role.name()),
                role.minimum(),
                Resources.of(Map.copyOf(role.requests())),
                role.pools().stream().map(PoolName::new).toList());
    }

    private static Duration duration(@Nullable Double seconds) {
        return Duration.ofMillis(seconds == null ? 0 : Math.round(seconds * 1000));
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
        return load.jobs(seed);
    }

    @Override
    public long until(List<LoadJob> some) {
        return load.until(some);
    }
}
