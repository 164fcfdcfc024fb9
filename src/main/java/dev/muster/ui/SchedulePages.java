package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.postgres.BackfillStore;
import dev.muster.postgres.RunStore;
import dev.muster.postgres.ScheduleStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.rights.Sight;
import dev.muster.schedule.Backfill;
import dev.muster.schedule.Days;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import dev.muster.timetable.TickClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the pages of schedules show. */
@ApplicationScoped
class SchedulePages {
    private static final int ROWS = 100;
    private static final int DAYS_BEFORE = 7;
    private static final int DAYS_AFTER = 6;
    private static final int WEEKS_BEFORE = 3;
    private static final int WEEKS = 5;
    private static final int RUNS = 50;
    private static final int NEXT = 8;
    /** Ticks to come that are counted on the page of all, and of one; a line that ticks every minute has more than anyone looks at. */
    private static final int MOST_COMING = 40;

    private static final int MOST_COMING_OF_ONE = 400;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter WALL =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);

    private final ScheduleStore schedules;
    private final RunStore runs;
    private final BackfillStore backfills;
    private final TickClock clock;
    private final Caller caller;

    SchedulePages(ScheduleStore schedules, RunStore runs, BackfillStore backfills, TickClock clock, Caller caller) {
        this.caller = caller;
        this.schedules = schedules;
        this.runs = runs;
        this.backfills = backfills;
        this.clock = clock;
    }

    /** The schedules after the name {@code after} (null: from the first), with the days around today, in the zone of who looks. */
    ScheduleList list(Frame frame, @Nullable String after) {
        Instant now = clock.now();
        LocalDate today = now.atZone(frame.zone()).toLocalDate();
        Days days = new Days(today.minusDays(DAYS_BEFORE), DAYS_BEFORE + 1 + DAYS_AFTER, frame.zone());
        Sight sight = caller.view(Resource.Kind.SCHEDULE);
        List<Versioned<Schedule>> left = schedules.all().stream()
                .filter(one -> isIn(sight, one.value()))
                .filter(one -> after == null || one.value().name().value().compareTo(after) > 0)
                .limit(ROWS + 1L)
                .toList();
        List<Versioned<Schedule>> page = left.subList(0, Math.min(ROWS, left.size()));
        Map<ScheduleName, Standing> standings = schedules.standings();
        Map<ScheduleName, Map<LocalDate, Map<RunState, Integer>>> past = runs.days(days);
        List<ScheduleLine> lines = new ArrayList<>();
        for (Versioned<Schedule> one : page) {
            Schedule schedule = one.value();
            Standing standing = standings.get(schedule.name());
            if (standing != null) {
                Coming coming = coming(schedule, standing, now, days, MOST_COMING);
                List<ScheduleCell> cells = cells(days, today, past.getOrDefault(schedule.name(), Map.of()), coming);
                lines.add(ScheduleLine.of(schedule, standing, schedule.times().next(now), now, cells));
            }
        }
        return new ScheduleList(
                frame,
                lines,
                cells(days, today, Map.of(), Coming.NONE),
                left.size() > ROWS
                        ? "/ui/schedules?after=" + page.get(ROWS - 1).value().name()
                        : null);
    }

    /**
     * @throws MusterException where there is no such schedule or the caller may not see it, told alike; or where they may see it
     *     and not do what they ask for
     */
    Schedule schedule(String name) {
        Schedule seen = find(name)
                .filter(one -> isIn(caller.view(Resource.Kind.SCHEDULE), one))
                .orElseThrow(() -> MusterException.notFound("schedule", name));
        if (!isIn(caller.sight(Resource.Kind.SCHEDULE), seen)) {
            throw caller.refused(
                    new Resource(Resource.Kind.SCHEDULE, seen.team().value(), name));
        }
        return seen;
    }

    private Optional<Schedule> find(String name) {
        try {
            return schedules.find(new ScheduleName(name)).map(Versioned::value);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isIn(@Nullable Sight sight, Schedule schedule) {
        return sight == null || sight.teams().contains(schedule.team());
    }

    SchedulePage page(Frame frame, Schedule schedule) {
        Instant now = clock.now();
        ZoneId zone = schedule.zone();
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate monday =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS_BEFORE);
        Standing standing = schedules
                .standing(schedule.name())
                .orElseThrow(() ->
                        MusterException.notFound("schedule", schedule.name().value()));
        Days days = new Days(monday, WEEKS * 7, zone);
        List<ScheduleCell> cells = cells(
                days,
                today,
                runs.days(schedule.name(), days),
                coming(schedule, standing, now, days, MOST_COMING_OF_ONE));
        List<List<ScheduleCell>> weeks = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            weeks.add(cells.subList(week * 7, week * 7 + 7));
        }
        List<Instant> next = schedule.times().next(now, NEXT);
        List<Run> newest = runs.list(schedule.name(), null, RUNS);
        return new SchedulePage(
                frame,
                ScheduleLine.of(schedule, standing, next.stream().findFirst(), now, List.of()),
                weeks,
                next.stream().map(at -> WALL.format(at.atZone(zone))).toList(),
                newest.stream().map(run -> RunLine.of(run, zone, now)).toList(),
                backfills.of(schedule.name()).stream()
                        .limit(10)
                        .map(one -> line(one, zone))
                        .toList(),
                caller.may(
                        Verb.SUSPEND,
                        new Resource(
                                Resource.Kind.SCHEDULE,
                                schedule.team().value(),
                                schedule.name().value())));
    }

    private SchedulePage.BackfillLine line(Backfill backfill, ZoneId zone) {
        String counts = runs.counts(backfill.schedule(), backfill.number()).entrySet().stream()
                .map(entry -> entry.getValue() + " " + ScheduleCell.word(entry.getKey()))
                .collect(Collectors.joining(", "));
        return new SchedulePage.BackfillLine(
                backfill.number(),
                RunLine.wall(backfill.from(), zone),
                RunLine.wall(backfill.to(), zone),
                backfill.maxParallel() + " at a time",
                counts,
                backfill.cancelledAt() != null);
    }

    /** How many ticks each day has to come; {@code cut} is the day at which counting ended, null where it did not. */
    private record Coming(
            Map<LocalDate, Integer> byDay, @Nullable LocalDate cut) {
        static final Coming NONE = new Coming(Map.of(), null);
    }

    private static Coming coming(Schedule schedule, Standing standing, Instant now, Days days, int most) {
        if (standing.pause() != null) {
            return Coming.NONE;
        }
        Map<LocalDate, Integer> byDay = new HashMap<>();
        List<Instant> ticks = schedule.times().next(now, most);
        ticks.forEach(tick -> byDay.merge(days.dayOf(tick), 1, Integer::sum));
        return new Coming(byDay, ticks.size() < most ? null : days.dayOf(ticks.get(most - 1)));
    }

    private static List<ScheduleCell> cells(
            Days days, LocalDate today, Map<LocalDate, Map<RunState, Integer>> past, Coming coming) {
        List<ScheduleCell> cells = new ArrayList<>();
        for (int i = 0; i < days.count(); i++) {
            LocalDate day = days.day(i);
            cells.add(ScheduleCell.of(
                    DAY.format(day),
                    day.equals(today),
                    past.getOrDefault(day, new EnumMap<>(RunState.class)),
                    coming.byDay().getOrDefault(day, 0),
                    day.equals(coming.cut())));
        }
        return cells;
    }
}
