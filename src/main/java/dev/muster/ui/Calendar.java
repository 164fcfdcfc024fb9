package dev.muster.ui;

import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A week from a Monday in a zone, and where in it runs lie. Pure. */
record Calendar(LocalDate monday, ZoneId zone, Instant now) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final Duration SHORTEST = Duration.ofMinutes(20);

    /** From when to when something ran, or is to run. */
    record Span(Instant from, Instant to) {}

    Instant from() {
        return monday.atStartOfDay(zone).toInstant();
    }

    Instant to() {
        return monday.plusDays(7).atStartOfDay(zone).toInstant();
    }

    List<CalendarPage.Day> days() {
        List<CalendarPage.Day> days = new ArrayList<>();
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int i = 0; i < 7; i++) {
            LocalDate day = monday.plusDays(i);
            days.add(new CalendarPage.Day(
                    DAY.format(day), x(day.atStartOfDay(zone).toInstant()), day.equals(today)));
        }
        return days;
    }

    @Nullable
    Double nowLine() {
        return now.isBefore(from()) || !now.isBefore(to()) ? null : Double.valueOf(x(now));
    }

    /** Of a run: from its start, or its tick, until its end, or now. */
    Span span(Run run) {
        Instant from = run.startedAt() == null ? run.tick() : run.startedAt();
        Instant to = run.endedAt() != null ? run.endedAt() : run.state() == RunState.STARTED ? now : from;
        return new Span(from, to.isBefore(from) ? from : to);
    }

    /** Those that ran, and the ticks to come, which are taken to last as long as those that succeeded. */
    CalendarPage.Lane lane(Schedule schedule, boolean paused, List<Run> runs, List<Instant> coming) {
        List<CalendarPage.Run> marks = new ArrayList<>();
        Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
        for (Run run : runs) {
            counts.merge(run.state(), 1, Integer::sum);
            Span span = span(run);
            marks.add(mark(
                    ScheduleCell.css(run.state()),
                    span,
                    "%s, %s%s"
                            .formatted(
                                    TIME.format(run.tick().atZone(zone)),
                                    ScheduleCell.word(run.state()),
                                    span.to().isAfter(span.from())
                                            ? ", ran " + Moment.span(Duration.between(span.from(), span.to()))
                                            : ""),
                    run.job() == null ? null : "/ui/jobs/" + run.job()));
        }
        Duration usual = usual(runs);
        for (Instant tick : coming) {
            marks.add(mark(
                    ScheduleCell.COMING,
                    new Span(tick, tick.plus(usual)),
                    TIME.format(tick.atZone(zone)) + ", to come",
                    null));
        }
        String told = counts.entrySet().stream()
                .map(each -> each.getValue() + " " + ScheduleCell.word(each.getKey()))
                .collect(Collectors.joining(", "));
        return new CalendarPage.Lane(
                schedule.name().value(),
                schedule.team().value(),
                paused,
                marks,
                schedule.name() + ": " + (told.isEmpty() ? "nothing ran" : told) + ", " + coming.size() + " to come");
    }

    /** Of those that succeeded, on average; nothing where none has. */
    Duration usual(List<Run> runs) {
        List<Duration> times = runs.stream()
                .filter(run -> run.state() == RunState.SUCCEEDED)
                .map(this::span)
                .map(span -> Duration.between(span.from(), span.to()))
                .toList();
        return times.isEmpty()
                ? Duration.ZERO
                : times.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(times.size());
    }

    /** How many run in each hour, at least for a part of it. */
    int[] crowd(List<Span> spans) {
        int hours = (int) Duration.between(from(), to()).toHours();
        int[] crowd = new int[hours];
        for (Span span : spans) {
            long first = Math.floorDiv(Duration.between(from(), span.from()).toMinutes(), 60L);
            // What ends on the hour is not in the next one.
            Instant last = span.to().isAfter(span.from()) ? span.to().minusMillis(1) : span.to();
            long end = Math.floorDiv(Duration.between(from(), last).toMinutes(), 60L);
            for (long hour = Math.max(0, first); hour <= Math.min(hours - 1L, end); hour++) {
                crowd[(int) hour]++;
            }
        }
        return crowd;
    }

    List<CalendarPage.Slot> slots(int[] crowd) {
        int most = most(crowd);
        List<CalendarPage.Slot> slots = new ArrayList<>();
        for (int hour = 0; hour < crowd.length; hour++) {
            if (crowd[hour] > 0) {
                double height = Bar.percent(crowd[hour], most);
                slots.add(new CalendarPage.Slot(
                        rounded(hour * 100.0 / crowd.length),
                        rounded(100.0 / crowd.length),
                        rounded(100 - height),
                        height,
                        TIME.format(from().plus(Duration.ofHours(hour)).atZone(zone)) + ": " + crowd[hour]
                                + " at the same time"));
            }
        }
        return slots;
    }

    String told(int[] crowd) {
        int most = most(crowd);
        for (int hour = 0; hour < crowd.length && most > 0; hour++) {
            if (crowd[hour] == most) {
                return "at most %d in one hour, first %s"
                        .formatted(
                                most,
                                TIME.format(from().plus(Duration.ofHours(hour)).atZone(zone)));
            }
        }
        return "nothing runs in this week";
    }

    private static int most(int[] crowd) {
        int most = 0;
        for (int each : crowd) {
            most = Math.max(most, each);
        }
        return most;
    }

    private CalendarPage.Run mark(String css, Span span, String title, @Nullable String href) {
        Instant until =
                span.to().isBefore(span.from().plus(SHORTEST)) ? span.from().plus(SHORTEST) : span.to();
        double x = Math.max(0, x(span.from()));
        return new CalendarPage.Run(css, x, rounded(Math.max(0.2, Math.min(100, x(until)) - x)), title, href);
    }

    private double x(Instant at) {
        return rounded(100.0
                * Duration.between(from(), at).toSeconds()
                / Duration.between(from(), to()).toSeconds());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
