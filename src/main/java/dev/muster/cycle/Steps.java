package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodStatus;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptMove;
import dev.muster.job.AttemptState;
import dev.muster.job.Backoff;
import dev.muster.job.Category;
import dev.muster.job.Changed;
import dev.muster.job.Changes;
import dev.muster.job.ElasticPods;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.job.JobState;
import dev.muster.job.Losses;
import dev.muster.job.Outcome;
import dev.muster.job.Retries;
import dev.muster.job.Verdict;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The moves of one job and its attempt that an observation calls for. Starts with both as they are, ends as a {@link Step}. */
final class Steps {
    /** Who does what the cycle does, in events. */
    static final String ACTOR = "muster";

    private static final Duration STAYED_UP = Duration.ofMinutes(10);
    private static final int MOST_RESTARTS = 5;

    private final List<JobMove> jobMoves = new ArrayList<>();
    private final List<AttemptMove> attemptMoves = new ArrayList<>();
    private final Instant now;
    private final @Nullable GangStatus seen;
    private final List<PodStatus> pods;
    private final int mostMemory;
    private final List<PodStatus> ends;
    private Job job;
    private Attempt attempt;

    private Steps(Job job, Attempt attempt, @Nullable GangStatus seen, Instant now) {
        this(job, attempt, seen, List.of(), 100, now);
    }

    private Steps(
            Job job, Attempt attempt, @Nullable GangStatus seen, List<PodStatus> ends, int mostMemory, Instant now) {
        this.ends = ends;
        this.mostMemory = mostMemory;
        this.job = job;
        this.attempt = attempt;
        this.seen = seen;
        this.pods = seen == null ? attempt.pods() : seen.pods();
        this.now = now;
    }

    /**
     * What a verdict on the attempt of a job that is LAUNCHING or RUNNING makes of both; empty where nothing moves. {@code ends} are
     * those of pods that others have replaced, {@code mostMemory} is how much of its first memory a job may ask for, in percent.
     */
    static Optional<Step> of(
            Verdict verdict,
            Job job,
            Attempt attempt,
            @Nullable GangStatus seen,
            List<PodStatus> ends,
            int mostMemory,
            Instant now) {
        Steps steps = new Steps(job, attempt, seen, ends, mostMemory, now);
        return verdict.match(
                unchanged -> Optional.empty(),
                started -> steps.started(started.startedAt()).done(),
                recovering -> steps.recovering(recovering).done(),
                recovered -> steps.recovered().done(),
                succeeded -> steps.started(succeeded.startedAt())
                        .succeeded(succeeded.endedAt())
                        .done(),
                failed -> steps.started(failed.startedAt())
                        .failed(failed.failure(), failed.endedAt())
                        .done());
    }

    /** The attempt must go because its job does not want it any more: it is cancelled, suspended, or has moved on. */
    static Optional<Step> unwanted(Job job, Attempt attempt, @Nullable GangStatus seen, Instant now) {
        Outcome outcome = job.state() == JobState.SUSPENDING ? Outcome.of(Outcome.Result.SUSPENDED) : cancelled(job);
        Steps steps = new Steps(job, attempt, seen, now);
        steps.move(attempt.releasing(outcome, steps.pods), now, null);
        return steps.done();
    }

    /** Who was ended because nobody used it says so to the end. */
    private static Outcome cancelled(Job job) {
        Outcome known = job.state() == JobState.CANCELLING ? job.outcome() : null;
        return known == null ? Outcome.of(Outcome.Result.CANCELLED) : known;
    }

    /** The last pod of a releasing attempt is gone. */
    static Step gone(Job job, Attempt attempt, Instant now) {
        Steps steps = new Steps(job, attempt, null, now);
        steps.move(attempt.ended(now), now, null);
        if (job.state() == JobState.CANCELLING) {
            steps.move(job.finished(JobState.CANCELLED, now, cancelled(job)), now, null);
        } else if (job.state() == JobState.SUSPENDING) {
            steps.move(job.to(JobState.SUSPENDED), now, null);
        }
        return steps.done().orElseThrow();
    }

    /** The intent to evict: the attempt goes, the job waits again at the platform's cost. */
    static Step evicted(Job job, Attempt attempt, @Nullable GangStatus seen, Decision.Evict evict, Instant now) {
        Why why = Why.of(evict.reason());
        Failure failure = new Failure(Category.PREEMPTED, null, null, why.message());
        Steps steps = new Steps(job, attempt, seen, now);
        steps.move(
                attempt.evicted(new Outcome(Outcome.Result.EVICTED, failure), steps.pods, evict.inFavourOf()),
                now,
                why);
        steps.move(job.evicted(now), now, why);
        return steps.done().orElseThrow();
    }

    /** The intent to grow or shrink: the attempt is to have these pods above its minimum; without a reason where they are gone already. */
    static Step resized(
            Job job, Attempt attempt, ElasticPods pods, @Nullable GangStatus seen, @Nullable Why why, Instant now) {
        Steps steps = new Steps(job, attempt, seen, now);
        steps.move(attempt.resized(pods), now, why);
        return steps.done().orElseThrow();
    }

    /** The job has waited as long as it wanted to. */
    static Step expired(Job job, Instant now) {
        Why why = Why.of(
                "QUEUE_TIMEOUT",
                "it waited in queue %s for its queueTimeout of %s"
                        .formatted(job.spec().queue(), job.spec().queueTimeout()));
        Job after = job.finished(JobState.EXPIRED, now, Outcome.of(Outcome.Result.EXPIRED));
        return new Step(job.id(), List.of(new JobMove(job, after, now, ACTOR, why)), List.of(), null, null);
    }

    /** The intent to launch: the job moves and the attempt comes into being. */
    static Step launch(Job job, Attempt intent, Why why, Instant now) {
        return new Step(job.id(), List.of(new JobMove(job, job.launching(), now, ACTOR, why)), List.of(), intent, null);
    }

    private Steps started(@Nullable Instant at) {
        if (at != null && attempt.state() == AttemptState.LAUNCHING) {
            Duration limit = job.spec().maxRunTime();
            move(attempt.running(at, limit == null ? null : at.plus(limit), attempt.pods()), at, null);
            move(job.running(at), at, null);
        }
        return this;
    }

    private Steps recovering(Verdict.Recovering verdict) {
        Instant until = verdict.since().plus(job.spec().startDeadline());
        Why why = Why.of(Category.NODE_LOST.name(), verdict.message());
        return move(attempt.recovering(until, pods), verdict.since(), why);
    }

    private Steps recovered() {
        Duration limit = job.spec().maxRunTime();
        Instant startedAt = attempt.startedAt() == null ? now : attempt.startedAt();
        return move(attempt.running(now, limit == null ? null : startedAt.plus(limit), attempt.pods()), now, null);
    }

    private Steps succeeded(Instant at) {
        move(attempt.releasing(Outcome.SUCCEEDED, pods), at, null);
        if (job.spec().life().endless()) {
            Why why = Why.of("RESTART", "It is a service and ended by itself: it is started again");
            return move(job.restarted(now, restarts(at)), now, why);
        }
        return move(job.finished(JobState.SUCCEEDED, at, Outcome.SUCCEEDED), at, null);
    }

    private Steps failed(Failure failure, Instant at) {
        move(attempt.releasing(Outcome.failed(failure), pods), at, failure.why());
        if (job.spec().life().endless()) {
            boolean late = failure.category() == Category.LAUNCH_TIMEOUT;
            return move(job.restarted(now, late ? backoffs(failure) : restarts(at)), now, failure.why());
        }
        Losses losses = Losses.of(job.spec(), pods, ends);
        Retries.After after = new Retries(job.userRetriesSpent(), job.platformRetriesSpent())
                .after(failure, job.spec().retry(), losses.categories());
        if (after.state() == JobState.QUEUED) {
            Job waiting = job.requeued(now, failure.category(), backoffs(failure));
            Optional<Changed> change = Changes.next(job, failure, pods, losses, mostMemory);
            return change.isEmpty()
                    ? move(waiting, now, failure.why())
                    : move(
                            waiting.changed(change.get()),
                            now,
                            failure.why(change.get().told()));
        }
        Failure last = new Failure(failure.category(), failure.role(), failure.exitCode(), after.message());
        return move(job.finished(JobState.FAILED, at, Outcome.failed(last)), at, last.why());
    }

    /** A late launch keeps the job away from the pools where it was late, twice as long each time. */
    private Map<PoolName, Backoff> backoffs(Failure failure) {
        Map<PoolName, Backoff> next = new HashMap<>(job.backoffs());
        if (failure.category() == Category.LAUNCH_TIMEOUT) {
            attempt.placements().values().stream()
                    .flatMap(pools -> pools.keySet().stream())
                    .distinct()
                    .forEach(pool -> next.put(pool, longer(next.get(pool))));
        }
        return next;
    }

    /** One that does not stay up keeps away from where it was, twice as long each time, at most eight minutes; one that did begins anew. */
    private Map<PoolName, Backoff> restarts(Instant end) {
        Instant start = job.startedAt();
        boolean stayed = start != null && Duration.between(start, end).compareTo(STAYED_UP) >= 0;
        Map<PoolName, Backoff> next = new HashMap<>(stayed ? Map.of() : job.backoffs());
        attempt.placements().values().stream()
                .flatMap(pools -> pools.keySet().stream())
                .distinct()
                .forEach(pool -> {
                    Backoff last = next.get(pool);
                    int times = last == null ? 1 : Math.min(last.times() + 1, MOST_RESTARTS);
                    next.put(pool, new Backoff(times, now.plus(Retries.backOff(times))));
                });
        return next;
    }

    private Backoff longer(@Nullable Backoff last) {
        int times = last == null ? 1 : last.times() + 1;
        return new Backoff(times, now.plus(Retries.backOff(times)));
    }

    private Steps move(Attempt after, Instant at, @Nullable Why why) {
        attemptMoves.add(new AttemptMove(job, attempt, after, at, ACTOR, why));
        attempt = after;
        return this;
    }

    private Steps move(Job after, Instant at, @Nullable Why why) {
        jobMoves.add(new JobMove(job, after, at, ACTOR, why));
        job = after;
        return this;
    }

    private Optional<Step> done() {
        return jobMoves.isEmpty() && attemptMoves.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(job.id(), jobMoves, attemptMoves, null, seen));
    }
}
