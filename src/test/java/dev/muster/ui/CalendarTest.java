package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.schedule.Interval;
import dev.muster.schedule.Origin;
import dev.muster.schedule.Run;
import dev.muster.schedule.RunState;
import dev.muster.schedule.ScheduleName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where runs lie in a week, and how many run at once. */
class CalendarTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);
    private static final Instant NOW = Instant.parse("2026-11-19T12:00:00Z");
    private static final Calendar WEEK = new Calendar(MONDAY, ZoneOffset.UTC, NOW);

    private static Run run(RunState state, String tick, int minutes) {
        Instant at = Instant.parse(tick);
        return new Run(
                1,
                new ScheduleName("nightly"),
                at,
                Origin.TICK,
                0,
                new Interval(at.minus(Duration.ofDays(1)), at),
                state,
                minutes > 0 ? new JobId("01%024d".formatted(minutes)) : null,
                at,
                minutes > 0 ? at : null,
                state.isOpen() ? null : at.plus(Duration.ofMinutes(minutes)),
                null);
    }

    @Test
    void runs_lie_where_they_ran_in_the_colour_of_what_came_of_them() {
        CalendarPage.Lane lane = WEEK.lane(
                ScheduleSamples.schedule("nightly"),
                false,
                List.of(
                        run(RunState.SUCCEEDED, "2026-11-16T00:00:00Z", 168),
                        run(RunState.SKIPPED, "2026-11-17T00:00:00Z", 0),
                        run(RunState.STARTED, "2026-11-19T10:00:00Z", 1)),
                List.of(Instant.parse("2026-11-20T00:00:00Z")));

        assertThat(lane.runs())
                .extracting(run -> run.css() + " " + run.x() + " " + run.width())
                .containsExactly("succeeded 0.0 1.67", "expired 14.29 0.2", "running 48.81 1.19", "blocked 57.14 1.67");
        assertThat(lane.runs().get(0).title()).isEqualTo("Mon 00:00, succeeded, ran 2 h 48 min");
        assertThat(lane.runs().get(0).href()).startsWith("/ui/jobs/01");
        assertThat(lane.sentence()).isEqualTo("nightly: 1 started, 1 succeeded, 1 skipped, 1 to come");
        assertThat(WEEK.nowLine()).isEqualTo(50.0);
        assertThat(new Calendar(MONDAY.minusDays(7), ZoneOffset.UTC, NOW).nowLine())
                .isNull();
    }

    @Test
    void what_runs_at_the_same_time_is_counted_by_the_hour() {
        Instant monday = WEEK.from();
        int[] crowd = WEEK.crowd(List.of(
                new Calendar.Span(monday.minusSeconds(600), monday.plusSeconds(600)),
                new Calendar.Span(monday.plusSeconds(300), monday.plusSeconds(3_600)),
                new Calendar.Span(monday.plusSeconds(3_600), monday.plusSeconds(3_600)),
                new Calendar.Span(WEEK.to().minusSeconds(60), WEEK.to().plusSeconds(9_000))));

        assertThat(crowd).hasSize(168);
        assertThat(crowd[0]).isEqualTo(2);
        assertThat(crowd[1]).isEqualTo(1);
        assertThat(crowd[2]).isZero();
        assertThat(crowd[167]).isEqualTo(1);
        assertThat(WEEK.told(crowd)).isEqualTo("at most 2 in one hour, first Mon 00:00");
        assertThat(WEEK.slots(crowd)).hasSize(3);
        assertThat(WEEK.slots(crowd).get(0).height()).isEqualTo(100);
        assertThat(WEEK.told(new int[168])).isEqualTo("nothing runs in this week");
    }

    @Test
    void a_week_in_which_clocks_are_set_back_is_an_hour_longer_and_days_begin_at_midnight() {
        Calendar autumn = new Calendar(LocalDate.of(2026, 10, 19), ZoneId.of("Europe/Berlin"), NOW);

        assertThat(Duration.between(autumn.from(), autumn.to())).isEqualTo(Duration.ofHours(169));
        assertThat(autumn.crowd(List.of())).hasSize(169);
        assertThat(autumn.days())
                .extracting(CalendarPage.Day::word)
                .startsWith("Mon 19")
                .endsWith("Sun 25");
        assertThat(autumn.days().get(6).x()).isEqualTo(Math.round(144 * 10_000.0 / 169) / 100.0);
    }
}
