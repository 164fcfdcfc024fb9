package dev.muster.job;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job and what became of it. {@code priority} is its class's value, {@code version} counts its moves and edits from 1,
 * {@code attempt} is the number of its newest attempt (0: none yet). {@code queuedAt} is when it began to wait (the later of
 * submission, requeueing with its pause, and {@code notBefore}), {@code agedFrom} from when its age in the queue counts (an attempt that ended
 * for what is the platform's fault costs no place; null in a job written before this was kept), {@code startedAt} when its
 * newest attempt ran first. {@code reasons}, the primary one first, say why a waiting job waits, and {@code reasonsAt} since
 * when they are so; both are kept beside the job and do not count as a change of it. {@code changes} are what retry rules have
 * changed for later attempts.
 */
public record Job(
        JobId id,
        TeamName team,
        JobSpec spec,
        JobState state,
        int priority,
        long version,
        int attempt,
        int userRetriesSpent,
        int platformRetriesSpent,
        int evictions,
        Map<PoolName, Backoff> backoffs,
        String submittedBy,
        Instant submittedAt,
        @Nullable Instant queuedAt,
        @Nullable Instant agedFrom,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Outcome outcome,
        List<Reason> reasons,
        @Nullable Instant reasonsAt,
        List<Changed> changes) {
    /** One of which nothing has changed. */
    public Job(
            JobId id,
            TeamName team,
            JobSpec spec,
            JobState state,
            int priority,
            long version,
            int attempt,
            int userRetriesSpent,
            int platformRetriesSpent,
            int evictions,
            Map<PoolName, Backoff> backoffs,
            String submittedBy,
            Instant submittedAt,
            @Nullable Instant queuedAt,
            @Nullable Instant agedFrom,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Outcome outcome,
            List<Reason> reasons,
            @Nullable Instant reasonsAt) {
        this(
                id,
                team,
                spec,
                state,
                priority,
                version,
                attempt,
                userRetriesSpent,
                platformRetriesSpent,
                evictions,
                backoffs,
                submittedBy,
                submittedAt,
                queuedAt,
                agedFrom,
                startedAt,
                finishedAt,
                outcome,
                reasons,
                reasonsAt,
                List.of());
    }

    public Job {
        changes = List.copyOf(changes);
        backoffs = Map.copyOf(backoffs);
        reasons = List.copyOf(reasons);
        if (state.isFinal() != (finishedAt != null)) {
            throw new IllegalArgumentException("Job %s is %s and finished at %s".formatted(id, state, finishedAt));
        }
    }

    /** A job that was just accepted and may be launched. */
    public static Job accepted(
            JobId id, TeamName team, JobSpec spec, int priority, String submittedBy, Instant submittedAt) {
        return new Job(
                id,
                team,
                spec,
                JobState.QUEUED,
                priority,
                1,
                0,
                0,
                0,
                0,
                Map.of(),
                submittedBy,
                submittedAt,
                waitsFrom(spec, submittedAt),
                waitsFrom(spec, submittedAt),
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** The newest attempt; empty before the first launch. */
    public Optional<AttemptId> newestAttempt() {
        return attempt == 0 ? Optional.empty() : Optional.of(new AttemptId(id, attempt));
    }

    /** What that attempt asks: the spec with what has changed until then. */
    public JobSpec specOf(int number) {
        return changes.isEmpty() ? spec : Changes.applied(spec, changes, number);
    }

    /** The same, with another change for its next attempt: part of the move that lets it wait again. */
    public Job changed(Changed one) {
        return new JobCopy(this).change(one).version(version).build();
    }

    /** Launching its next attempt. */
    public Job launching() {
        return moved(JobState.LAUNCHING).attempt(attempt + 1).startedAt(null).build();
    }

    /** Every pod of its gang has started. */
    public Job running(Instant now) {
        return moved(JobState.RUNNING)
                .startedAt(now)
                .backoffs(spec.life().endless() ? backoffs : Map.of())
                .build();
    }

    /** From when its age counts where the order in a queue goes by age. */
    public Instant age() {
        if (agedFrom != null) {
            return agedFrom;
        }
        return queuedAt == null ? submittedAt : queuedAt;
    }

    /** When it is deleted because its submitter said so; null: as long as it has not ended, and where none was said. */
    public @Nullable Instant deleteAt() {
        Duration ttl = spec.life().ttlAfterFinished();
        return finishedAt == null || ttl == null ? null : finishedAt.plus(ttl);
    }

    /** Waits for another attempt after one that failed; the category says whose retries pay, and whether it keeps its age. */
    public Job requeued(Instant now, Category category, Map<PoolName, Backoff> nextBackoffs) {
        boolean users = category.spendsUsersRetries();
        Duration pause = users ? spec.retry().pause() : null;
        Instant from = pause == null ? now : now.plus(pause);
        return moved(JobState.QUEUED)
                .queuedAt(from)
                .agedFrom(users ? from : age())
                .startedAt(null)
                .backoffs(nextBackoffs)
                .spent(userRetriesSpent + (users ? 1 : 0), platformRetriesSpent + (users || category.isFree() ? 0 : 1))
                .build();
    }

    /** A service that ended, however: it is started again as old as it was, and nothing is spent. */
    public Job restarted(Instant now, Map<PoolName, Backoff> nextBackoffs) {
        return moved(JobState.QUEUED)
                .queuedAt(now)
                .agedFrom(age())
                .startedAt(null)
                .backoffs(nextBackoffs)
                .build();
    }

    /** Waits for another attempt after others took its room: at the platform's cost, and as old as it was. */
    public Job evicted(Instant now) {
        Job after = requeued(now, Category.PREEMPTED, backoffs);
        return new JobCopy(after)
                .evictions(evictions + 1)
                .version(after.version)
                .build();
    }

    /** Waits (again) without anything being spent: resumed, or its dependencies are done. */
    public Job queued(Instant now) {
        return moved(JobState.QUEUED)
                .queuedAt(waitsFrom(spec, now))
                .agedFrom(waitsFrom(spec, now))
                .startedAt(null)
                .build();
    }

    /** Just accepted, and waits for others first. */
    public Job blocked(List<Dependency> dependencies) {
        return new Job(
                id,
                team,
                spec.after(dependencies),
                JobState.BLOCKED,
                priority,
                version,
                attempt,
                userRetriesSpent,
                platformRetriesSpent,
                evictions,
                backoffs,
                submittedBy,
                submittedAt,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                changes);
    }

    /** On its way to SUSPENDED or CANCELLED, or already there: SUSPENDING, SUSPENDED, CANCELLING. */
    public Job to(JobState next) {
        return moved(next).build();
    }

    /** A session that nobody uses, on its way to CANCELLED; how it ends is known by now. */
    public Job idle(String message) {
        return moved(JobState.CANCELLING)
                .outcome(new Outcome(Outcome.Result.CANCELLED, new Failure(Category.IDLE_TIMEOUT, null, null, message)))
                .build();
    }

    /** Final. */
    public Job finished(JobState next, Instant now, Outcome how) {
        return moved(next).finishedAt(now).outcome(how).build();
    }

    /** The same job with another queue, class and priority; what a user may change while it is queued. */
    public Job with(QueueName queue, PriorityClassName priorityClass, int value) {
        return new JobCopy(this).spec(spec.in(queue, priorityClass), value).build();
    }

    private JobCopy moved(JobState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("Job %s is %s and cannot become %s".formatted(id, state, next));
        }
        return new JobCopy(this).state(next);
    }

    private static Instant waitsFrom(JobSpec spec, Instant now) {
        Instant notBefore = spec.notBefore();
        return notBefore != null && notBefore.isAfter(now) ? notBefore : now;
    }
}
