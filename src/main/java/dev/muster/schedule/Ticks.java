package dev.muster.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the ticks that are due, told by the schedule's own rules alone. Ticks are decided in order: {@code last} is the
 * last one that was, and none at or before it is looked at again, wherever the clock goes.
 */
public final class Ticks {
    /** Most ticks that are decided at once; more are left for the next look. */
    static final int MOST = 500;

    /** A tick that is seen later than this was missed: nobody was there. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    private final Schedule schedule;
    private final CronTimes times;

    public Ticks(Schedule schedule) {
        this.schedule = schedule;
        this.times = schedule.times();
    }

    /** Runs to be made, the {@code last} tick that is decided by them, and when to look again (null: never). */
    public record Due(
            List<Run> runs, Instant last, @Nullable Instant next) {
        public Due {
            runs = List.copyOf(runs);
        }
    }

    /**
     * {@code covered}: where the data that succeeded, or is on its way, ends; where there is none yet, where the first interval
     * began; null before the first run.
     */
    public Due due(Instant last, Instant now, @Nullable Instant covered) {
        Instant until = now.minus(schedule.offset());
        List<Instant> ticks = new ArrayList<>();
        Optional<Instant> next = times.next(last);
        while (next.isPresent() && !next.get().isAfter(until) && ticks.size() < MOST) {
            ticks.add(next.get());
            next = times.next(next.get());
        }
        if (ticks.isEmpty()) {
            return new Due(List.of(), last, next.map(this::begins).orElse(null));
        }
        if (schedule.catchUp() == CatchUp.ALL) {
            List<Run> each =
                    ticks.stream().map(tick -> run(tick, interval(tick), now)).toList();
            return new Due(
                    each, ticks.get(ticks.size() - 1), next.map(this::begins).orElse(null));
        }
        // However many were missed, the newest is what matters.
        Instant newest = ticks.size() < MOST
                ? ticks.get(ticks.size() - 1)
                : times.previous(until.plusNanos(1)).orElseThrow();
        List<Run> runs = schedule.catchUp() == CatchUp.MERGE
                ? List.of(run(newest, merged(ticks.get(0), newest, covered), now))
                : newestOnly(ticks, newest, now);
        return new Due(runs, newest, look(newest));
    }

    /** When to look first, or again, after the tick {@code last}; null: never. */
    public @Nullable Instant look(Instant last) {
        return times.next(last).map(this::begins).orElse(null);
    }

    /** The interval that a tick stands for: from the tick before it. */
    public Interval interval(Instant tick) {
        // A line that ticks once in a lifetime has no tick before: the interval is as short as may be.
        return new Interval(times.previous(tick).orElse(tick.minus(Duration.ofMinutes(1))), tick);
    }

    private List<Run> newestOnly(List<Instant> ticks, Instant newest, Instant now) {
        boolean runs = schedule.catchUp() == CatchUp.LATEST || !isMissed(newest, now);
        Optional<Instant> end = runs ? times.previous(newest) : Optional.of(newest);
        List<Run> made = new ArrayList<>();
        if (end.isPresent() && !end.get().isBefore(ticks.get(0))) {
            Interval missed = new Interval(interval(ticks.get(0)).start(), end.get());
            made.add(Run.of(schedule.name(), end.get(), Origin.TICK, 0, missed, now)
                    .skipped(missed(ticks.size() - (runs ? 1 : 0), ticks.size() == MOST)));
        }
        if (runs) {
            made.add(run(newest, interval(newest), now));
        }
        return made;
    }

    private static String missed(int ticks, boolean more) {
        return more
                ? "%d ticks or more were missed: nobody was there to make their runs".formatted(ticks)
                : ticks == 1
                        ? "missed: nobody was there to make its run"
                        : "%d ticks were missed: nobody was there to make their runs".formatted(ticks);
    }

    private Interval merged(Instant first, Instant newest, @Nullable Instant covered) {
        Instant start = interval(first).start();
        boolean gap = covered != null && covered.isBefore(start);
        return new Interval(gap ? covered : start, newest);
    }

    private Run run(Instant tick, Interval interval, Instant now) {
        Run run = Run.of(schedule.name(), tick, Origin.TICK, 0, interval, now);
        return isTooLate(run, now) ? run.skipped(tooLate()) : run;
    }

    /** A run that may not start any more; by hand and of backfills they always may. */
    public boolean isTooLate(Run run, Instant now) {
        Duration deadline = schedule.startingDeadline();
        return run.origin() == Origin.TICK
                && deadline != null
                && begins(run.tick()).plus(deadline).isBefore(now);
    }

    public String tooLate() {
        return "it could not start within its starting deadline";
    }

    private Instant begins(Instant tick) {
        return tick.plus(schedule.offset());
    }

    private boolean isMissed(Instant tick, Instant now) {
        return begins(tick).plus(ON_TIME).isBefore(now);
    }
}
