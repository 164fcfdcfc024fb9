package dev.muster.web;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.PodDoor;
import dev.muster.cluster.PodRef;
import dev.muster.job.Interactive;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where sessions are reached now. Looked up once for the many calls of a page that come at a time. */
@ApplicationScoped
class SessionDoors {
    private static final Duration GOOD = Duration.ofSeconds(2);
    private static final int MOST_KNOWN = 2_000;

    private final JobStore jobs;
    private final Cluster cluster;
    private final Map<JobId, Known> known = new ConcurrentHashMap<>();

    SessionDoors(JobStore jobs, Cluster cluster) {
        this.jobs = jobs;
        this.cluster = cluster;
    }

    /** Empty where there is no such session; without a door where it cannot be spoken to now. */
    record Found(Optional<Job> job, Optional<PodDoor> door) {}

    private record Known(Future<Found> found, long at) {}

    Future<Found> of(JobId id, Vertx vertx) {
        long now = System.nanoTime();
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        return known.compute(
                        id,
                        (key, before) -> before != null
                                        && now - before.at() < GOOD.toNanos()
                                        && !before.found().failed()
                                ? before
                                : new Known(vertx.executeBlocking(() -> found(id), false), now))
                .found();
    }

    private Found found(JobId id) {
        Optional<Job> job = jobs.find(id).filter(one -> one.spec().life().interactive() != null);
        return new Found(job, job.filter(one -> one.state() == JobState.RUNNING).flatMap(this::door));
    }

    private Optional<PodDoor> door(Job job) {
        Interactive interactive = job.spec().life().interactive();
        return interactive == null
                ? Optional.empty()
                : cluster.door(
                        new PodRef(new AttemptId(job.id(), job.attempt()), interactive.role(), 0), interactive.port());
    }
}
