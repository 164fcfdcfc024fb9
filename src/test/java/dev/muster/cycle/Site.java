package dev.muster.cycle;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.pool.Pool;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.JobStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.QueueStore;
import dev.muster.queue.Queue;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The service under test, in the words of a test: pools, queues, work, time. */
@ApplicationScoped
class Site {
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final EventStore events;
    private final QueueStore queues;
    private final PoolStore pools;
    private final VirtualTime time;
    private final InstantSource clock;

    Site(
            JobStore jobs,
            AttemptStore attempts,
            EventStore events,
            QueueStore queues,
            PoolStore pools,
            VirtualTime time,
            InstantSource clock) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.events = events;
        this.queues = queues;
        this.pools = pools;
        this.time = time;
        this.clock = clock;
    }

    /** One pool of nodes with so many cpus each. */
    void pool(String name, int nodes, int cpus) {
        Pool pool = new Pool(
                new PoolName(name), nodes, Resources.of("cpu", cpus * 1000L), Map.of(), List.of(), 110, null, false);
        pools.put(pool, OptionalLong.empty(), "ada", clock.instant());
    }

    /** The same, which may grow. */
    void pool(String name, int nodes, int most, int cpus) {
        Pool pool = new Pool(
                new PoolName(name),
                nodes,
                Resources.of("cpu", cpus * 1000L),
                Map.of(),
                List.of(),
                110,
                null,
                false,
                most);
        pools.put(pool, OptionalLong.empty(), "ada", clock.instant());
    }

    /** Nodes with a cpu each and these labels. */
    void pool(String name, int nodes, int most, Map<String, String> labels, String price) {
        Pool pool = new Pool(
                new PoolName(name),
                nodes,
                Resources.of("cpu", 1000L),
                labels,
                List.of(),
                110,
                new BigDecimal(price),
                false,
                most);
        pools.put(pool, OptionalLong.empty(), "ada", clock.instant());
    }

    /** Nodes that have what is said. */
    void pool(String name, int nodes, Resources each) {
        Pool pool = new Pool(new PoolName(name), nodes, each, Map.of(), List.of(), 110, null, false);
        pools.put(pool, OptionalLong.empty(), "ada", clock.instant());
    }

    void queue(String name) {
        QueueSpec spec =
                new QueueSpec(new QueueName(name), null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN);
        queues.put(new Queue(spec, null), OptionalLong.empty(), "ada", clock.instant());
    }

    /** A queue that deserves so many cpus. */
    void queue(String name, int deserved) {
        Resources cpus = Resources.of("cpu", deserved * 1000L);
        QueueSpec spec = new QueueSpec(new QueueName(name), null, Resources.NONE, cpus, null, 1, QueueState.OPEN);
        queues.put(new Queue(spec, null), OptionalLong.empty(), "ada", clock.instant());
    }

    Job submit(Work work) {
        Job job = work.submittedAt(clock.instant());
        jobs.insert(List.of(job), "ada");
        return job;
    }

    void insert(Job job) {
        jobs.insert(List.of(job), "ada");
    }

    List<Job> submit(Work... works) {
        return Arrays.stream(works).map(this::submit).toList();
    }

    /** Until nothing is left to happen. */
    void run() {
        run(null);
    }

    void runFor(Duration duration) {
        run(clock.instant().plus(duration));
    }

    private void run(@Nullable Instant until) {
        time.run(until);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(time::isIdle);
    }

    Instant now() {
        return clock.instant();
    }

    Job job(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    List<Attempt> attempts(Job job) {
        return attempts.of(job.id());
    }

    List<Attempt> live() {
        return attempts.live().read();
    }

    /** The states that the job has passed through, in order. */
    List<String> states(Job job) {
        return events(job.id()).stream()
                .filter(event -> event.type() == EventType.JOB_MOVED || event.type() == EventType.JOB_SUBMITTED)
                .map(event -> String.valueOf(event.to()))
                .toList();
    }

    List<Event> events(JobId job) {
        return events.of(job).stream().map(recorded -> recorded.event()).toList();
    }
}
