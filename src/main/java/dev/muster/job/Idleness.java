package dev.muster.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long nobody has used a session that runs since {@code startedAt}; {@code usedAt} null: not at all yet. Its people are told
 * before it ends, and have {@link #notice} to use it again; whoever looks has looked for as long, so that nobody's use is missed while
 * the service was away.
 */
public record Idleness(
        Instant startedAt,
        @Nullable Instant usedAt,
        @Nullable Instant toldAt,
        Duration timeout) {
    private static final Duration LONGEST_NOTICE = Duration.ofMinutes(10);

    /** Empty of a job that is no session, or does not run. */
    public static Optional<Idleness> of(Job job, @Nullable Instant usedAt, @Nullable Instant toldAt) {
        Duration timeout = job.spec().life().idleTimeout();
        Instant startedAt = job.startedAt();
        return job.state() != JobState.RUNNING || timeout == null || startedAt == null
                ? Optional.empty()
                : Optional.of(new Idleness(startedAt, usedAt, toldAt, timeout));
    }

    /** What is to be done about it now. */
    public enum Step {
        NOTHING,
        TELL,
        END
    }

    /** Since when nobody uses it. */
    public Instant since() {
        return usedAt != null && usedAt.isAfter(startedAt) ? usedAt : startedAt;
    }

    /** When it ends unless it is used. */
    public Instant endsAt() {
        Instant end = since().plus(timeout);
        if (toldAt == null || !isTold()) {
            return end;
        }
        Instant noticed = toldAt.plus(notice());
        return noticed.isAfter(end) ? noticed : end;
    }

    /** How long before its end people are told. */
    public Duration notice() {
        Duration part = timeout.dividedBy(4);
        return part.compareTo(LONGEST_NOTICE) > 0 ? LONGEST_NOTICE : part;
    }

    /** {@code watchedFrom}: since when whoever decides hears of all use. */
    public Step at(Instant now, Instant watchedFrom) {
        if (!isTold()) {
            return now.isBefore(since().plus(timeout).minus(notice())) ? Step.NOTHING : Step.TELL;
        }
        return now.isBefore(endsAt()) || now.isBefore(watchedFrom.plus(notice())) ? Step.NOTHING : Step.END;
    }

    /** The same, told now. */
    public Idleness told(Instant now) {
        return new Idleness(startedAt, usedAt, now, timeout);
    }

    /** How long it still has. */
    public Duration remaining(Instant now) {
        return Duration.between(now, endsAt());
    }

    public boolean isTold() {
        return toldAt != null && !toldAt.isBefore(since());
    }
}
