package dev.muster.steering;

import dev.muster.cluster.ExternalRef;
import dev.muster.cycle.Wake;
import dev.muster.event.Why;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.postgres.ArrayStore;
import dev.muster.postgres.CheckpointStore;
import dev.muster.postgres.JobStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Moves a job because somebody asked for it. Each call is compare-and-set: {@code expected} is the version that the caller saw,
 * null for whatever it is now. What runs is only marked here; the cycle takes its pods down. A call that asks for what is so
 * already changes nothing.
 *
 * <p>Every method throws {@link MusterException}: NOT_FOUND, ETAG_MISMATCH, INVALID_STATE with the verbs that are possible.
 */
@ApplicationScoped
public class Steering {
    private static final int TRIES = 5;
    private static final int ARRAY_ROUNDS = 20;

    private final JobStore jobs;
    private final ArrayStore arrays;
    private final CheckpointStore checkpoints;
    private final InstantSource clock;
    private final Wake wake;

    Steering(JobStore jobs, ArrayStore arrays, CheckpointStore checkpoints, InstantSource clock, Wake wake) {
        this.arrays = arrays;
        this.checkpoints = checkpoints;
        this.jobs = jobs;
        this.clock = clock;
        this.wake = wake;
    }

    /** Ends it for good: at once where it waits, once its last pod is gone where it runs. */
    public Job cancel(String actor, JobId id, @Nullable Long expected) {
        return move(actor, id, expected, Verbs.CANCEL, Steering::cancelled);
    }

    /** Ends it for good, for a reason of its own, where it is not over already. */
    public void cancelBecause(String actor, JobId id, Why why) {
        for (int i = 0; i < TRIES; i++) {
            Job before = jobs.find(id).orElse(null);
            if (before == null || before.state().isFinal()) {
                return;
            }
            Instant now = clock.instant();
            Job after = cancelled(before, now);
            if (after == before || jobs.move(new JobMove(before, after, now, actor, why))) {
                wake.now();
                return;
            }
        }
        throw MusterException.conflict("job", id.value());
    }

    /** Ends all children of an array that have not ended; those that begin meanwhile go with it. */
    public void cancelAll(String actor, JobId array) {
        for (int round = 0; round < ARRAY_ROUNDS; round++) {
            Instant now = clock.instant();
            Why why = Why.of("CANCEL", "%s asked to cancel array %s".formatted(actor, array));
            List<JobMove> moves = new ArrayList<>();
            for (Job before : jobs.find(arrays.open(array))) {
                Job after = before.state().isFinal() ? before : cancelled(before, now);
                if (after != before) {
                    moves.add(new JobMove(before, after, now, actor, why));
                }
            }
            if (moves.isEmpty()) {
                return;
            }
            boolean all = jobs.move(moves).size() == moves.size();
            wake.now();
            if (all) {
                return;
            }
        }
        throw MusterException.conflict("array", array.value());
    }

    /** Takes it out of the queue, or its pods out of the cluster, until it is resumed. */
    public Job suspend(String actor, JobId id, @Nullable Long expected) {
        return move(actor, id, expected, Verbs.SUSPEND, Steering::suspended);
    }

    /** Puts a suspended job back into its queue, as one that begins to wait now. */
    public Job resume(String actor, JobId id, @Nullable Long expected) {
        return move(actor, id, expected, Verbs.RESUME, (job, now) -> switch (job.state()) {
            case SUSPENDED -> job.queued(now);
            case BLOCKED, QUEUED, LAUNCHING, RUNNING, SUSPENDING, CANCELLING, SUCCEEDED, FAILED, CANCELLED, EXPIRED ->
                throw refused(job, Verbs.RESUME);
        });
    }

    /**
     * Lets a job that runs go back to its queue, as one that begins to wait now; its pods go, nothing of its retries is spent. What has
     * ended stays as it ended: it is rerun.
     */
    public Job requeue(String actor, JobId id, @Nullable Long expected, String reason) {
        Why why = Why.of("REQUEUE", "%s let it wait again: %s".formatted(actor, reason));
        return move(actor, id, expected, why, (job, now) -> switch (job.state()) {
            case LAUNCHING, RUNNING -> {
                ExternalRef.of(job.spec().annotations()).ifPresent(ref -> {
                    throw MusterException.invalid(new Fault(
                            "",
                            Fault.Kind.LOCKED,
                            "job '%s' is %s: it was created past Muster and cannot be made anew".formatted(id, ref),
                            "Create the object anew"));
                });
                yield job.queued(now);
            }
            case QUEUED -> job;
            case BLOCKED, SUSPENDING, SUSPENDED, CANCELLING, SUCCEEDED, FAILED, CANCELLED, EXPIRED ->
                throw refused(job, Verbs.REQUEUE);
        });
    }

    /** Its work is saved now: where it is evicted, it loses what came after. A hint, which changes nothing of the job. */
    public Job checkpointed(String actor, JobId id, @Nullable Long expected) {
        Job job = jobs.find(id).orElseThrow(() -> MusterException.notFound("job", id.value()));
        require(job, expected);
        if (job.state() != JobState.RUNNING) {
            throw refused(job, Verbs.CHECKPOINT);
        }
        checkpoints.saved(job, clock.instant(), actor);
        wake.now();
        return job;
    }

    private static Job cancelled(Job job, Instant now) {
        return switch (job.state()) {
            case BLOCKED, QUEUED, SUSPENDED ->
                job.finished(JobState.CANCELLED, now, Outcome.of(Outcome.Result.CANCELLED));
            case LAUNCHING, RUNNING, SUSPENDING -> job.to(JobState.CANCELLING);
            case CANCELLING, CANCELLED -> job;
            case SUCCEEDED, FAILED, EXPIRED -> throw refused(job, Verbs.CANCEL);
        };
    }

    private static Job suspended(Job job, Instant now) {
        return switch (job.state()) {
            case QUEUED -> job.to(JobState.SUSPENDED);
            case LAUNCHING, RUNNING -> job.to(JobState.SUSPENDING);
            case SUSPENDING, SUSPENDED -> job;
            case BLOCKED, CANCELLING, SUCCEEDED, FAILED, CANCELLED, EXPIRED -> throw refused(job, Verbs.SUSPEND);
        };
    }

    /** Without an expected version a lost race is run again: the caller wants it as it is now. */
    private Job move(
            String actor, JobId id, @Nullable Long expected, String verb, BiFunction<Job, Instant, Job> change) {
        Why why = Why.of(verb.toUpperCase(java.util.Locale.ROOT), "%s asked to %s it".formatted(actor, verb));
        return move(actor, id, expected, why, change);
    }

    private Job move(String actor, JobId id, @Nullable Long expected, Why why, BiFunction<Job, Instant, Job> change) {
        for (int i = 0; i < TRIES; i++) {
            Job before = jobs.find(id).orElseThrow(() -> MusterException.notFound("job", id.value()));
            require(before, expected);
            Instant now = clock.instant();
            Job after = change.apply(before, now);
            if (after == before) {
                return before;
            }
            if (jobs.move(new JobMove(before, after, now, actor, why))) {
                wake.now();
                return after;
            }
        }
        throw MusterException.conflict("job", id.value());
    }

    static void require(Job job, @Nullable Long expected) {
        if (expected != null && expected != job.version()) {
            throw MusterException.etagMismatch(
                    "job", job.id().value(), Long.toString(expected), Long.toString(job.version()));
        }
    }

    static MusterException refused(Job job, String verb) {
        return MusterException.invalidState("job", job.id().value(), job.state().name(), verb, Verbs.in(job.state()));
    }
}
