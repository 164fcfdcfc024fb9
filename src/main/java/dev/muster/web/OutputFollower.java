package dev.muster.web;

import dev.muster.cluster.LogChunk;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.quota.name.AttemptId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One reader of what a pod writes: piece by piece, and a rest where there is nothing new. It goes on while the database is away, for whether the
 * job has ended is all that it asks there.
 */
final class OutputFollower {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);
    /** Where nothing comes for a while. */
    private static final Duration LOOK_AT_LEAST = Duration.ofMillis(400);

    private final FollowedJobs jobs;
    private final Predicate<@Nullable Job> mayGoOn;
    private final Predicate<AttemptId> hasEnded;
    private final Function<LogReading.Which, LogChunk> output;
    private LogReading.Which which;
    private Duration rest = Duration.ZERO;

    /** {@code mayGoOn}: whether the reader may still see the job, absent where it is gone. */
    OutputFollower(
            LogReading.Which which,
            FollowedJobs jobs,
            Predicate<@Nullable Job> mayGoOn,
            Predicate<AttemptId> hasEnded,
            Function<LogReading.Which, LogChunk> output) {
        this.which = which;
        this.jobs = jobs;
        this.mayGoOn = mayGoOn;
        this.hasEnded = hasEnded;
        this.output = output;
    }

    /** The next piece, perhaps an empty one; {@code end}: no other follows. */
    Uni<LogChunk> next() {
        Uni<LogChunk> read = Uni.createFrom().item(this::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return rest.isZero()
                ? read
                : Uni.createFrom().voidItem().onItem().delayIt().by(rest).flatMap(rested -> read);
    }

    LogChunk look() {
        boolean isOver;
        try {
            Job job = jobs.find(which.job());
            if (!mayGoOn.test(job)) {
                return new LogChunk(which.offset(), new byte[0], true);
            }
            // Asked before it is read: what was written until the end is then in the piece.
            isOver = isOver(job);
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
            isOver = false;
        }
        if (which.attempt() == null) {
            rest = longer();
            return new LogChunk(which.offset(), new byte[0], isOver);
        }
        LogChunk chunk = output.apply(which);
        which = which.from(chunk.nextOffset());
        rest = chunk.bytes().length == 0 ? longer() : Duration.ZERO;
        boolean isLast = chunk.bytes().length < LogReading.MOST_BYTES && (chunk.end() || isOver);
        return new LogChunk(chunk.offset(), chunk.bytes(), isLast);
    }

    private boolean isOver(@Nullable Job job) {
        if (which.attempt() == null && job != null && job.attempt() > 0) {
            which = new LogReading.Which(which.job(), which.role(), which.index(), job.attempt(), which.offset());
        }
        Integer attempt = which.attempt();
        if (job == null || job.state().isFinal() || attempt == null) {
            return job == null || job.state().isFinal();
        }
        boolean runs = job.attempt() == attempt && job.state() == JobState.RUNNING;
        return !runs && hasEnded.test(new AttemptId(which.job(), attempt));
    }

    Duration rest() {
        return rest;
    }

    private Duration longer() {
        Duration longer = rest.isZero() ? LOOK_AGAIN : rest.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LOOK_AT_LEAST) > 0 ? LOOK_AT_LEAST : longer;
    }
}
