package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.job.AttemptState;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.JobStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** The output of pods, read from the cluster. Following one looks again shortly where there is nothing new. */
@ApplicationScoped
public class LogReading {
    static final int MOST_BYTES = 1 << 20;

    private final Cluster cluster;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private final FollowedJobs followed;
    private volatile boolean stopped;

    LogReading(Cluster cluster, JobStore jobs, AttemptStore attempts) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.attempts = attempts;
        this.followed = new FollowedJobs(jobs::find);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** One pod's output from a byte on; {@code attempt} null: the newest, once there is one. */
    public record Which(
            JobId job, RoleName role, int index, @Nullable Integer attempt, long offset) {
        Which from(long other) {
            return new Which(job, role, index, attempt, other);
        }
    }

    /** @throws MusterException where the job has no such role or pod */
    Which which(Job job, @Nullable String role, long index, @Nullable Integer attempt, long offset) {
        Role found = job.spec().roles().stream()
                .filter(one -> role == null || one.name().value().equals(role))
                .findFirst()
                .orElseThrow(() -> MusterException.invalidParameter(
                        "role",
                        String.valueOf(role),
                        "one of " + job.spec().roles().stream().map(Role::name).toList()));
        if (index >= found.maximum()) {
            throw MusterException.invalidParameter(
                    "index", Long.toString(index), "0 to " + (found.maximum() - 1) + ", a pod of role " + found.name());
        }
        if (attempt != null && attempts.find(new AttemptId(job.id(), attempt)).isEmpty()) {
            throw MusterException.notFound("attempt of job " + job.id(), Integer.toString(attempt));
        }
        return new Which(job.id(), found.name(), (int) index, attempt, offset);
    }

    /** The attempt has ended, or is not known. */
    private boolean hasEnded(AttemptId attempt) {
        return attempts.find(attempt)
                .map(found -> found.state() == AttemptState.ENDED)
                .orElse(true);
    }

    /** What is there now, at most 1 MiB; nothing where no attempt was made yet. */
    LogChunk read(Which which) {
        Integer attempt = which.attempt() == null
                ? jobs.find(which.job()).map(Job::attempt).orElse(0)
                : which.attempt();
        return attempt == 0
                ? new LogChunk(which.offset(), new byte[0], false)
                : cluster.log(
                        new PodRef(new AttemptId(which.job(), attempt), which.role(), which.index()),
                        which.offset(),
                        MOST_BYTES);
    }

    /** What is there and what comes, until the pod has ended, or the reader may not see it any more. */
    Multi<byte[]> follow(Which which, Caller.Watch watch) {
        OutputFollower follower = new OutputFollower(
                which,
                followed,
                job -> !watch.isOver() && (job == null || JobLookup.isIn(watch.sight(), job)),
                this::hasEnded,
                this::read);
        return Multi.createBy()
                .repeating()
                .uni(follower::next)
                .whilst(chunk -> !chunk.end() && !stopped)
                .filter(chunk -> chunk.bytes().length > 0)
                .map(LogChunk::bytes);
    }
}
