package dev.muster.web;

import dev.muster.job.Job;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forgets jobs that have ended; their events stay. */
@ApplicationScoped
public class Removal {
    private final JobStore jobs;
    private final InstantSource clock;

    Removal(JobStore jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** {@code expected}: the version that the caller saw, null for any. */
    void remove(Job job, String actor, @Nullable Long expected, boolean dry) {
        String id = job.id().value();
        if (expected != null && expected != job.version()) {
            throw MusterException.etagMismatch("job", id, JobView.etag(expected), JobView.etag(job.version()));
        }
        if (!job.state().isFinal()) {
            throw MusterException.invalidState("job", id, job.state().name(), "delete", List.of("cancel"));
        }
        if (!dry && !jobs.delete(job, clock.instant(), actor)) {
            throw MusterException.conflict("job", id);
        }
    }
}
