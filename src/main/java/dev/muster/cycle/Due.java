package dev.muster.cycle;

import dev.muster.job.ArrayPlace;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptClock;
import dev.muster.job.AttemptRules;
import dev.muster.job.AttemptState;
import dev.muster.job.Backoff;
import dev.muster.job.Job;
import dev.muster.job.JobState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When time alone changes a job: its start, the end of a back-off, a timeout, a deadline. */
final class Due {
    private Due() {}

    /** The first such instant after {@code now}; or the deadline of the attempt, even if it is past; null: never. */
    static @Nullable Instant of(Job job, @Nullable Attempt attempt, Instant now) {
        if (attempt != null) {
            Instant nodesBy = attempt.state() == AttemptState.LAUNCHING ? attempt.nodesBy() : null;
            if (nodesBy != null && now.isBefore(nodesBy)) {
                return nodesBy;
            }
            return AttemptRules.deadline(job.spec(), attempt.state(), clock(job, attempt));
        }
        if (job.state() != JobState.QUEUED && job.state() != JobState.BLOCKED) {
            return null;
        }
        Stream<Instant> backoffs = job.backoffs().values().stream().map(Backoff::until);
        Instant later = Stream.concat(backoffs, Stream.of(later(job)))
                .filter(Objects::nonNull)
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant timeout = queueTimeout(job);
        return later == null || (timeout != null && timeout.isBefore(later)) ? timeout : later;
    }

    /** The end of its patience in the queue; null where it has no end. */
    static @Nullable Instant queueTimeout(Job job) {
        Instant queuedAt = job.queuedAt() == null ? job.submittedAt() : job.queuedAt();
        ArrayPlace place = job.spec().place();
        boolean hasTurns = job.state() == JobState.BLOCKED && place != null && place.parallelism() != null;
        // Who waits for its turn in an array waits for its own, not for the queue.
        return hasTurns || job.spec().queueTimeout() == null
                ? null
                : queuedAt.plus(job.spec().queueTimeout());
    }

    /** Not to be looked at yet. */
    static boolean isLater(Job job, Instant now) {
        Instant later = later(job);
        return later != null && later.isAfter(now);
    }

    /** From when a job that waits may be looked at: its {@code notBefore}, or the end of the pause before another attempt. */
    static @Nullable Instant later(Job job) {
        Instant notBefore = job.spec().notBefore();
        // Where nothing pauses, clocks that differ by a moment keep nobody waiting.
        Instant pause = job.spec().retry().pause() == null ? null : job.queuedAt();
        return pause != null && (notBefore == null || pause.isAfter(notBefore)) ? pause : notBefore;
    }

    static AttemptClock clock(Job job, Attempt attempt) {
        Instant below = attempt.state() == AttemptState.RECOVERING && attempt.deadline() != null
                ? attempt.deadline().minus(job.spec().startDeadline())
                : null;
        return new AttemptClock(attempt.createdAt(), attempt.startedAt(), below, attempt.nodesBy());
    }
}
