package dev.muster.web;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.api.Page;
import dev.muster.api.ScheduleRun;
import dev.muster.api.ScheduleTick;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.rights.Sight;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.timetable.TickClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedules as they go over the wire: how they stand, what comes next, what came of the past. */
@ApplicationScoped
public class ScheduleReading {
    /** Ticks to come that every schedule shows. */
    private static final int NEXT = 5;

    private static final int MOST_TICKS = 1_000;

    private final ScheduleStore store;
    private final RunStore runs;
    private final NamedPages pages;
    private final PageTokens tokens;
    private final TickClock clock;
    private final Caller caller;

    ScheduleReading(
            ScheduleStore store, RunStore runs, NamedPages pages, PageTokens tokens, TickClock clock, Caller caller) {
        this.caller = caller;
        this.store = store;
        this.runs = runs;
        this.pages = pages;
        this.tokens = tokens;
        this.clock = clock;
    }

    public Page<dev.muster.api.Schedule> list(@Nullable String pageSize, @Nullable String pageToken) {
        Map<ScheduleName, Map<RunState, Integer>> counts = runs.counts();
        Map<ScheduleName, Standing> standings = store.standings();
        Instant now = clock.now();
        Sight sight = caller.view(Resource.Kind.SCHEDULE);
        return pages.page(
                "schedules",
                store.all().stream().filter(one -> isIn(sight, one.value())).toList(),
                one -> one.value().name().value(),
                one -> {
                    ScheduleName name = one.value().name();
                    return view(one, standings.get(name), counts.getOrDefault(name, Map.of()), now);
                },
                pageSize,
                pageToken);
    }

    public dev.muster.api.Schedule one(ScheduleName name) {
        return view(found(name));
    }

    /** As it is now; one that was only tried has no runs. */
    public dev.muster.api.Schedule view(Versioned<Schedule> versioned) {
        ScheduleName name = versioned.value().name();
        return view(versioned, store.standing(name).orElse(null), runs.counts(name, null), clock.now());
    }

    /** The ticks to come after {@code from} (null: now). */
    Page<ScheduleTick> next(ScheduleName name, @Nullable String count, @Nullable Instant from) {
        Schedule schedule = found(name).value();
        int most = (int) Math.min(MOST_TICKS, Math.max(1, Parameters.number("count", count, 10)));
        List<ScheduleTick> ticks = schedule.times().next(from == null ? clock.now() : from, most).stream()
                .map(at -> ScheduleWords.tick(schedule, at))
                .toList();
        return new Page<>(ticks, null);
    }

    /** Its runs, newest first. */
    Page<ScheduleRun> runs(ScheduleName name, @Nullable String pageSize, @Nullable String pageToken) {
        Schedule schedule = found(name).value();
        String list = "runs of " + name;
        String after = tokens.open(list, pageToken);
        int size = Parameters.pageSize(pageSize);
        List<Run> left = runs.list(name, after == null ? null : Long.valueOf(after), size + 1);
        List<Run> page = left.size() > size ? left.subList(0, size) : left;
        return new Page<>(
                page.stream()
                        .map(run -> ScheduleWords.run(run, schedule.team()))
                        .toList(),
                left.size() > size
                        ? tokens.make(list, Long.toString(page.get(size - 1).id()))
                        : null);
    }

    ScheduleRun run(Run run) {
        return ScheduleWords.run(run, found(run.schedule()).value().team());
    }

    private dev.muster.api.Schedule view(
            Versioned<Schedule> versioned, @Nullable Standing standing, Map<RunState, Integer> counts, Instant now) {
        return ScheduleWords.view(versioned, ScheduleWords.status(versioned.value(), standing, counts, now, NEXT));
    }

    /** @throws MusterException where there is none, or the caller may not see it, told alike; or may not do what they ask for */
    Versioned<Schedule> found(ScheduleName name) {
        Versioned<Schedule> found = store.find(name)
                .filter(one -> isIn(caller.view(Resource.Kind.SCHEDULE), one.value()))
                .orElseThrow(() -> MusterException.notFound("schedule", name.value()));
        if (!isIn(caller.sight(Resource.Kind.SCHEDULE), found.value())) {
            throw caller.refused(
                    new Resource(Resource.Kind.SCHEDULE, found.value().team().value(), name.value()));
        }
        return found;
    }

    /** @throws MusterException where the caller may not write it as it is, or as it would be */
    void requireMayWrite(Schedule value) {
        Sight sight = caller.sight(Resource.Kind.SCHEDULE);
        boolean mayWrite = isIn(sight, value)
                && store.find(value.name())
                        .map(present -> isIn(sight, present.value()))
                        .orElse(true);
        if (!mayWrite) {
            throw caller.refused(new Resource(
                    Resource.Kind.SCHEDULE, value.team().value(), value.name().value()));
        }
    }

    private static boolean isIn(@Nullable Sight sight, Schedule schedule) {
        return sight == null || sight.teams().contains(schedule.team());
    }
}
