package dev.muster.timetable;

import dev.muster.postgres.BackfillStore;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.schedule.Backfill;
import dev.muster.schedule.CronTimes;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Ticks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fills the past of a schedule: its intervals are kept as runs at once, and started so many at a time. */
@ApplicationScoped
public class Backfills {
    /** Most runs of one backfill. */
    public static final int MOST_RUNS = 10_000;

    private final ScheduleStore schedules;
    private final RunStore runs;
    private final BackfillStore store;
    private final TickClock clock;

    Backfills(ScheduleStore schedules, RunStore runs, BackfillStore store, TickClock clock) {
        this.schedules = schedules;
        this.runs = runs;
        this.store = store;
        this.clock = clock;
    }

    /** What is asked for; see {@link Backfill}. */
    public record Asked(Instant from, Instant to, int maxParallel, boolean newestFirst, boolean again) {}

    /** What was made, and of how many runs it is. */
    public record Made(Backfill backfill, int runs) {}

    /** @throws MusterException where there is nothing to fill, too much, or the interval is not over; then nothing is kept */
    @Transactional
    public Made fill(ScheduleName name, Asked asked, String actor, boolean dry) {
        schedules.hold(name).orElseThrow(() -> MusterException.notFound(ScheduleSteering.KIND, name.value()));
        Schedule schedule = schedules.find(name).map(Versioned::value).orElseThrow();
        Instant now = clock.now();
        if (asked.to().isAfter(now)) {
            throw MusterException.invalid(new Fault(
                    "/to",
                    Fault.Kind.BAD_VALUE,
                    "'%s': expected a time in the past: it is %s".formatted(asked.to(), now),
                    "What comes is run by its ticks"));
        }
        List<Instant> ticks = ticks(schedule, asked);
        int number = store.nextNumber(name);
        Backfill backfill = new Backfill(
                name,
                number,
                asked.from(),
                asked.to(),
                asked.maxParallel(),
                asked.newestFirst(),
                asked.again(),
                actor,
                now,
                null);
        if (!dry) {
            Ticks all = new Ticks(schedule);
            store.insert(backfill);
            runs.insert(ticks.stream()
                    .map(tick -> Run.of(name, tick, Origin.BACKFILL, number, all.interval(tick), now))
                    .toList());
        }
        return new Made(backfill, ticks.size());
    }

    /** Drops the runs that wait; those that have started go on. */
    @Transactional
    public void cancel(ScheduleName name, int number, String actor) {
        schedules.hold(name).orElseThrow(() -> MusterException.notFound(ScheduleSteering.KIND, name.value()));
        if (store.find(name, number).isEmpty()) {
            throw MusterException.notFound("backfill of schedule " + name, Integer.toString(number));
        }
        Instant now = clock.now();
        if (store.cancel(name, number, now)) {
            runs.open(name).stream()
                    .filter(run -> run.origin() == Origin.BACKFILL
                            && run.number() == number
                            && run.state() == RunState.WAITING)
                    .forEach(run ->
                            runs.end(run, RunState.CANCELLED, now, "%s cancelled the backfill".formatted(actor)));
        }
    }

    private List<Instant> ticks(Schedule schedule, Asked asked) {
        Set<Instant> done =
                asked.again() ? Set.of() : new HashSet<>(runs.succeeded(schedule.name(), asked.from(), asked.to()));
        CronTimes times = schedule.times();
        List<Instant> ticks = new ArrayList<>();
        int found = 0;
        Optional<Instant> tick = times.next(asked.from());
        while (tick.isPresent() && !tick.get().isAfter(asked.to())) {
            found++;
            if (found > MOST_RUNS) {
                throw MusterException.invalid(new Fault(
                        "",
                        Fault.Kind.TOO_MANY,
                        "more than %d ticks from %s to %s: expected at most so many in one backfill"
                                .formatted(MOST_RUNS, asked.from(), asked.to()),
                        "Fill a shorter time, then the rest"));
            }
            if (!done.contains(tick.get())) {
                ticks.add(tick.get());
            }
            tick = times.next(tick.get());
        }
        if (ticks.isEmpty()) {
            throw MusterException.invalid(new Fault(
                    "",
                    Fault.Kind.BAD_VALUE,
                    found == 0
                            ? "schedule '%s' has no tick after %s up to %s"
                                    .formatted(schedule.name(), asked.from(), asked.to())
                            : "all %d intervals from %s to %s have succeeded"
                                    .formatted(found, asked.from(), asked.to()),
                    found == 0 ? "Choose a longer time" : "Say again: true to run them once more"));
        }
        return ticks;
    }
}
