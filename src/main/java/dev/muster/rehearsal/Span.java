package dev.muster.rehearsal;

import dev.muster.postgres.PastJobs.PastJob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part of the past: what began before it begins with it, what goes on after it ends with it, or now where that is earlier. */
public record Span(Instant from, Instant to, Instant end) {
    public static Span between(Instant from, Instant to, Instant now) {
        return new Span(from, to, to.isBefore(now) ? to : now);
    }

    /** That time, or the beginning. */
    public Instant at(Instant time) {
        return time.isAfter(from) ? time : from;
    }

    /** How long the job ran in it; null where it has not started. */
    public @Nullable Duration ran(PastJob job) {
        if (job.startedAt() == null) {
            return null;
        }
        Instant until = job.finishedAt() == null ? end : job.finishedAt();
        Duration ran = Duration.between(at(job.startedAt()), until);
        return ran.isNegative() ? Duration.ZERO : ran;
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
