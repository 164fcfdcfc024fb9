package dev.muster.ui;

import dev.muster.job.CompletionRules;
import dev.muster.job.JobRequest;
import dev.muster.job.Life;
import dev.muster.job.RetryRules;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import dev.muster.schedule.CatchUp;
import dev.muster.schedule.Concurrency;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.Schedule;
import dev.muster.schedule.ScheduleName;
import dev.muster.schedule.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two schedules: one that goes its way, one that was paused by somebody with a hostile reason. */
final class ScheduleSamples {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private ScheduleSamples() {}

    static ScheduleList none() {
        return new ScheduleList(Samples.frame("Schedules", "schedules"), List.of(), days(), null);
    }

    static ScheduleList list() {
        return new ScheduleList(
                Samples.frame("Schedules", "schedules"),
                List.of(line("nightly", null), line("weekly", new Standing.Pause("ada", Samples.HOSTILE, Samples.NOW))),
                days(),
                "/ui/schedules?after=weekly");
    }

    static SchedulePage one() {
        List<RunLine> runs = new ArrayList<>();
        for (RunState state : RunState.values()) {
            runs.add(RunLine.of(run(state), BERLIN, Samples.NOW));
        }
        return new SchedulePage(
                Samples.frame("nightly", "schedules"),
                line("nightly", null),
                List.of(days(), days()),
                List.of("Sun 22 Nov 2026 03:00 +01:00"),
                runs,
                List.of(new SchedulePage.BackfillLine(
                        1, "1 Nov 2026 00:00", "8 Nov 2026 00:00", "2 at a time", "5 succeeded, 2 waiting", false)),
                true);
    }

    private static Run run(RunState state) {
        Instant tick = Samples.NOW.minus(Duration.ofHours(state.ordinal() + 1L));
        boolean started = state != RunState.WAITING && state != RunState.SKIPPED && state != RunState.REFUSED;
        return new Run(
                state.ordinal() + 1L,
                new ScheduleName("nightly"),
                tick,
                Origin.TICK,
                0,
                new Interval(tick.minus(Duration.ofDays(1)), tick),
                state,
                started ? new JobId("01%024d".formatted(state.ordinal())) : null,
                tick,
                null,
                state.isOpen() ? null : tick,
                state == RunState.REFUSED ? Samples.HOSTILE : null);
    }

    private static ScheduleLine line(String name, Standing.Pause pause) {
        Schedule schedule = schedule(name);
        Standing standing = new Standing(Samples.NOW, Samples.NOW, Samples.NOW, 2, pause);
        Optional<Instant> next = schedule.times().next(Samples.NOW);
        return ScheduleLine.of(schedule, standing, next, Samples.NOW, days());
    }

    /** At three in the morning in Berlin. */
    static Schedule schedule(String name) {
        JobRequest job = new JobRequest(
                name,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                RetryRules.NONE,
                new CompletionRules(Set.of(new RoleName("worker")), Map.of()),
                Map.of(),
                Map.of(),
                false,
                List.of(),
                null,
                Life.USUAL,
                null,
                null);
        return new Schedule(
                new ScheduleName(name),
                new TeamName("vision"),
                "0 3 * * *",
                BERLIN,
                Concurrency.QUEUE,
                CatchUp.MERGE,
                null,
                null,
                Duration.ZERO,
                List.of(),
                job);
    }

    /** The week around the afternoon: a run in every state, ticks to come, and one that is paused. */
    static CalendarPage week() {
        Calendar calendar = new Calendar(LocalDate.of(2026, 11, 16), BERLIN, Samples.NOW);
        List<Run> runs =
                Arrays.stream(RunState.values()).map(ScheduleSamples::run).toList();
        int[] crowd = calendar.crowd(runs.stream().map(calendar::span).toList());
        return new CalendarPage(
                Samples.frame("Week of 16 Nov 2026", "schedules"),
                "22 Nov 2026",
                "vision",
                "/ui/calendar?week=2026-11-09",
                "/ui/calendar?week=2026-11-23",
                "/ui/calendar?week=2026-11-21",
                calendar.days(),
                calendar.nowLine(),
                List.of(
                        calendar.lane(schedule("nightly"), false, runs, List.of(Instant.parse("2026-11-22T02:00:00Z"))),
                        calendar.lane(schedule("weekly"), true, List.of(), List.of())),
                true,
                calendar.slots(crowd),
                calendar.told(crowd));
    }

    private static List<ScheduleCell> days() {
        return List.of(
                ScheduleCell.of("Fri 20 Nov", false, Map.of(RunState.SUCCEEDED, 23, RunState.FAILED, 1), 0, false),
                ScheduleCell.of("Sat 21 Nov", true, Map.of(RunState.STARTED, 1, RunState.SKIPPED, 2), 14, false),
                ScheduleCell.of("Sun 22 Nov", false, Map.of(), 24, true));
    }
}
