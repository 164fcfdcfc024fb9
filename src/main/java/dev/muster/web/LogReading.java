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
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The output of pods, read from the cluster. Following one looks again shortly where there is nothing new. */
@ApplicationScoped
public class LogReading {
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    private final Cluster cluster;
    private final JobStore jobs;
    private final AttemptStore attempts;
    private volatile boolean stopped;

    LogReading(Cluster cluster, JobStore jobs, AttemptStore attempts) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.attempts = attempts;
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
        Follower follower = new Follower(which, watch);
        return Multi.createBy()
                .repeating()
                .uni(follower::next)
                .whilst(chunk -> !chunk.end() && !stopped)
                .filter(chunk -> chunk.bytes().length > 0)
                .map(LogChunk::bytes);
    }

    private final class Follower {
        private Which which;
        private final Caller.Watch watch;
        private boolean rests;

        private Follower(Which which, Caller.Watch watch) {
            this.watch = watch;
            this.which = which;
        }

        private Uni<LogChunk> next() {
            Uni<LogChunk> read =
                    Uni.createFrom().item(this::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
            return rests
                    ? Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(LOOK_AGAIN)
                            .flatMap(rested -> read)
                    : read;
        }

        private LogChunk look() {
            Job job = jobs.find(which.job()).orElse(null);
            if (watch.isOver() || (job != null && !JobLookup.isIn(watch.sight(), job))) {
                return new LogChunk(which.offset(), new byte[0], true);
            }
            boolean isOver = job == null || job.state().isFinal();
            if (which.attempt() == null && job != null && job.attempt() > 0) {
                which = new Which(which.job(), which.role(), which.index(), job.attempt(), which.offset());
            }
            // Asked before it is read: what was written until the end is then in the chunk.
            isOver |= which.attempt() != null && hasEnded(which.attempt());
            LogChunk chunk = read(which);
            which = new Which(which.job(), which.role(), which.index(), which.attempt(), chunk.nextOffset());
            rests = chunk.bytes().length == 0;
            boolean isLast = chunk.bytes().length < MOST_BYTES && (chunk.end() || isOver);
            return new LogChunk(chunk.offset(), chunk.bytes(), isLast);
        }

        private boolean hasEnded(int attempt) {
            return attempts.find(new AttemptId(which.job(), attempt))
                    .map(found -> found.state() == AttemptState.ENDED)
                    .orElse(true);
        }
    }
}
