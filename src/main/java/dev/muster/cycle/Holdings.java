package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What every queue holds as the database has it, in the transaction of whoever asks: on any replica, and with what was committed a
 * moment ago, of which the last plan knows nothing.
 */
@ApplicationScoped
public class Holdings {
    private final AttemptStore attempts;
    private final JobStore jobs;
    private final QueueStore queues;
    private final Cluster cluster;

    Holdings(AttemptStore attempts, JobStore jobs, QueueStore queues, Cluster cluster) {
        this.attempts = attempts;
        this.jobs = jobs;
        this.queues = queues;
        this.cluster = cluster;
    }

    /** Without those that wait. What cannot be read is not counted. */
    public Snapshot at(Instant now) {
        List<Attempt> live = attempts.live().read();
        Map<JobId, Job> known = jobs
                .find(live.stream().map(attempt -> attempt.id().job()).toList())
                .stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
        List<LiveAttempt> held = live.stream()
                .filter(attempt -> known.containsKey(attempt.id().job()))
                .map(attempt -> Gangs.live(
                        Objects.requireNonNull(known.get(attempt.id().job())),
                        attempt,
                        null,
                        List.of(),
                        false,
                        null,
                        null))
                .toList();
        return new Snapshot(
                now,
                queues.inForce().stream().map(Queue::spec).toList(),
                cluster.nodes(),
                List.of(),
                held,
                PlanSettings.DEFAULT);
    }
}
