package dev.muster.schedule;

import dev.muster.quota.name.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a schedule: a tick, or the interval of one again. {@code number} is that of the backfill or counts the runs by hand,
 * 0 for ticks. There is one of a tick, an origin and a number, and so no tick runs twice. {@code why} says why it was left out,
 * refused, or how it ended.
 */
public record Run(
        long id,
        ScheduleName schedule,
        Instant tick,
        Origin origin,
        int number,
        Interval interval,
        RunState state,
        @Nullable JobId job,
        Instant madeAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String why) {

    /** One that is to be kept; its id comes with that. */
    public static Run of(
            ScheduleName schedule, Instant tick, Origin origin, int number, Interval interval, Instant now) {
        return new Run(0, schedule, tick, origin, number, interval, RunState.WAITING, null, now, null, null, null);
    }

    /** It waits still, and that is why. */
    public Run waitingBecause(String because) {
        return new Run(id, schedule, tick, origin, number, interval, state, job, madeAt, startedAt, endedAt, because);
    }

    public Run skipped(String because) {
        return new Run(
                id, schedule, tick, origin, number, interval, RunState.SKIPPED, null, madeAt, null, madeAt, because);
    }
}
