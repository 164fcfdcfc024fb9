package dev.muster.rehearsal;

import dev.muster.postgres.PastJobs;
import dev.muster.postgres.SupplyStore;
import dev.muster.quota.plan.Snapshot;
import dev.muster.simulation.past.PastCluster;
import dev.muster.simulation.past.PastJob;
import dev.muster.simulation.past.PastLoad;
import dev.muster.simulation.past.PastRole;
import dev.muster.simulation.past.PastSupply;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads what the service recorded of its own past, so that it can happen again. */
@ApplicationScoped
class Recorded {
    private static final int BATCH = 1_000;

    private final PastJobs jobs;
    private final SupplyStore supply;

    Recorded(PastJobs jobs, SupplyStore supply) {
        this.jobs = jobs;
        this.supply = supply;
    }

    /** The cluster and the load; {@code unknown} jobs never started, so nobody knows how long they run: they are left out. */
    record Past(PastCluster cluster, PastLoad load, int unknown) {}

    /**
     * {@code now} ends the runs of those that still run.
     *
     * @throws Unrehearsed where there is nothing, or more than {@code most} jobs
     */
    Past between(Snapshot cluster, Instant from, Instant to, Instant now, int most, BooleanSupplier stopped) {
        if (cluster.nodes().isEmpty()) {
            throw new Unrehearsed("The cluster has no node");
        }
        Places places = new Places(cluster.nodes());
        Span span = Span.between(from, to, now);
        List<PastJob> past = new ArrayList<>();
        int unknown = 0;
        PastJobs.PastJob after = null;
        for (List<PastJobs.PastJob> page = jobs.byEnd(from, to, after, BATCH);
                !page.isEmpty() && !stopped.getAsBoolean();
                page = jobs.byEnd(from, to, after, BATCH)) {
            for (PastJobs.PastJob job : page) {
                Duration ran = span.ran(job);
                if (ran == null) {
                    unknown++;
                } else {
                    past.add(job(job, span.at(job.submittedAt()), ran, places));
                }
            }
            if (past.size() > most) {
                throw new Unrehearsed(
                        "More than %,d jobs ran in that time: choose a shorter one, or let 'muster record' and 'muster simulate' compute it on another machine"
                                .formatted(most));
            }
            after = page.get(page.size() - 1);
        }
        if (past.isEmpty()) {
            throw new Unrehearsed("No job ran between %s and %s: choose another time".formatted(from, to));
        }
        PastCluster was = new PastCluster(
                from,
                cluster.nodes(),
                cluster.queues(),
                supply.between(from, to).stream()
                        .map(each -> new PastSupply(each.pool(), span.at(each.at()), each.nodes()))
                        .toList());
        return new Past(was, new PastLoad(was, span.length(), past), unknown);
    }

    private static PastJob job(PastJobs.PastJob job, Instant arrives, Duration ran, Places places) {
        return new PastJob(
                job.id(),
                job.queue(),
                job.priority(),
                job.mayPreempt(),
                arrives,
                job.roles().stream()
                        .map(role -> new PastRole(
                                role.name(), role.minimum(), role.pod().resources(), places.of(role)))
                        .toList(),
                ran,
                job.maxRunTime());
    }
}
