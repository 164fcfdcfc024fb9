package dev.muster.web;

import dev.muster.job.Job;
import dev.muster.quota.name.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs stand whose output is followed. Hundreds may follow at once, and the database has few connections: each job is asked for once
 * in a second, for all who follow it. Safe for any thread.
 */
final class FollowedJobs {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final int MOST = 1_000;

    private final Function<JobId, Optional<Job>> jobs;
    private final ConcurrentMap<JobId, Seen> seen = new ConcurrentHashMap<>();

    FollowedJobs(Function<JobId, Optional<Job>> jobs) {
        this.jobs = jobs;
    }

    private record Seen(@Nullable Job job, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < ASK_AGAIN.toNanos();
        }
    }

    /** As it stood a second ago at most; null: there is none. */
    @Nullable
    Job find(JobId id) {
        if (seen.size() > MOST) {
            seen.values().removeIf(one -> !one.isFresh());
        }
        Seen one = seen.compute(
                id,
                (job, before) -> before != null && before.isFresh()
                        ? before
                        : new Seen(jobs.apply(job).orElse(null), System.nanoTime()));
        return one.job();
    }
}
