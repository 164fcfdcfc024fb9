package dev.muster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.job.CompletionRules;
import dev.muster.job.JobRequest;
import dev.muster.job.Life;
import dev.muster.job.RetryRules;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.name.TeamName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of ticks that are due or were missed, and whose turn it is. */
class TicksTest {
    private static final Instant NINE = Instant.parse("2026-06-01T09:00:00Z");

    @Test
    void a_tick_in_time_is_one_run_of_the_interval_before_it() {
        Ticks.Due due = new Ticks(hourly(CatchUp.LATEST)).due(NINE.minusSeconds(1), NINE.plusSeconds(1), null);

        assertThat(due.runs()).singleElement().satisfies(run -> {
            assertThat(run.tick()).isEqualTo(NINE);
            assertThat(run.interval()).isEqualTo(new Interval(NINE.minus(hours(1)), NINE));
            assertThat(run.state()).isEqualTo(RunState.WAITING);
        });
        assertThat(due.last()).isEqualTo(NINE);
        assertThat(due.next()).isEqualTo(NINE.plus(hours(1)));
    }

    @Test
    void none_leaves_out_what_was_missed_and_runs_what_is_in_time() {
        Ticks ticks = new Ticks(hourly(CatchUp.NONE));

        assertThat(states(ticks.due(NINE.minus(hours(4)), NINE.plusSeconds(30), null)))
                .containsExactly("SKIPPED 08:00", "WAITING 09:00");
        assertThat(states(ticks.due(NINE.minus(hours(4)), NINE.plusSeconds(90), null)))
                .containsExactly("SKIPPED 09:00");
    }

    @Test
    void latest_runs_the_newest_however_late() {
        Ticks ticks = new Ticks(hourly(CatchUp.LATEST));

        assertThat(states(ticks.due(NINE.minus(hours(4)), NINE.plusSeconds(1800), null)))
                .containsExactly("SKIPPED 08:00", "WAITING 09:00");
        Run missed = ticks.due(NINE.minus(hours(4)), NINE.plusSeconds(1800), null)
                .runs()
                .get(0);
        assertThat(missed.interval()).isEqualTo(new Interval(NINE.minus(hours(4)), NINE.minus(hours(1))));
        assertThat(missed.why()).contains("3 ticks were missed");
    }

    @Test
    void all_runs_each_in_order() {
        assertThat(states(new Ticks(hourly(CatchUp.ALL)).due(NINE.minus(hours(3)), NINE, null)))
                .containsExactly("WAITING 07:00", "WAITING 08:00", "WAITING 09:00");
    }

    @Test
    void merge_is_one_run_from_where_the_data_is_covered() {
        Ticks ticks = new Ticks(hourly(CatchUp.MERGE));

        Interval missed = ticks.due(NINE.minus(hours(3)), NINE, NINE.minus(hours(3)))
                .runs()
                .get(0)
                .interval();
        Interval failedBefore = ticks.due(NINE.minus(hours(1)), NINE, NINE.minus(hours(5)))
                .runs()
                .get(0)
                .interval();
        Interval first =
                ticks.due(NINE.minus(hours(1)), NINE, null).runs().get(0).interval();

        assertThat(missed).isEqualTo(new Interval(NINE.minus(hours(3)), NINE));
        assertThat(failedBefore).isEqualTo(new Interval(NINE.minus(hours(5)), NINE));
        assertThat(first).isEqualTo(new Interval(NINE.minus(hours(1)), NINE));
    }

    @Test
    void after_a_year_away_the_newest_is_found_and_all_are_decided_in_parts() {
        Instant yearAgo = NINE.minus(Duration.ofDays(365));

        Ticks.Due latest = new Ticks(hourly(CatchUp.LATEST)).due(yearAgo, NINE, null);
        assertThat(states(latest)).containsExactly("SKIPPED 08:00", "WAITING 09:00");
        assertThat(latest.runs().get(0).why()).contains("or more");
        Ticks.Due part = new Ticks(hourly(CatchUp.ALL)).due(yearAgo, NINE, null);
        assertThat(part.runs()).hasSize(Ticks.MOST);
        assertThat(part.next()).isBefore(NINE);
    }

    @Test
    void a_run_that_could_not_start_in_time_is_left_out() {
        Schedule schedule =
                schedule("0 * * * *", Concurrency.ALLOW, CatchUp.ALL, Duration.ofMinutes(90), Duration.ZERO);

        assertThat(states(new Ticks(schedule).due(NINE.minus(hours(3)), NINE.plusSeconds(1800), null)))
                .containsExactly("SKIPPED 07:00", "WAITING 08:00", "WAITING 09:00");
    }

    @Test
    void jitter_puts_every_run_of_a_schedule_off_by_the_same_time() {
        Schedule schedule = schedule("0 * * * *", Concurrency.ALLOW, CatchUp.LATEST, null, Duration.ofMinutes(30));
        Duration offset = schedule.offset();
        Ticks ticks = new Ticks(schedule);

        assertThat(offset).isBetween(Duration.ZERO, Duration.ofMinutes(30)).isEqualTo(schedule.offset());
        assertThat(ticks.due(NINE.minusSeconds(1), NINE.plus(offset).minusMillis(1), null)
                        .runs())
                .isEmpty();
        assertThat(ticks.due(NINE.minusSeconds(1), NINE.plus(offset), null).runs())
                .hasSize(1);
    }

    /** A clock that goes on, stands, jumps forward and back: every tick is decided once, and in order. */
    @Test
    void wherever_the_clock_jumps_no_tick_is_lost_or_doubled() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Ticks ticks = new Ticks(schedule("*/7 * * * *", Concurrency.ALLOW, CatchUp.ALL, null, Duration.ZERO));
            Instant last = NINE;
            Instant now = NINE;
            List<Instant> decided = new ArrayList<>();
            Instant latest = now;
            for (int i = 0; i < 60; i++) {
                now = now.plusSeconds(random.nextInt(3) == 0 ? random.nextInt(20_000) - 10_000 : random.nextInt(600));
                latest = now.isAfter(latest) ? now : latest;
                Ticks.Due due = ticks.due(last, now, null);
                due.runs().forEach(run -> decided.add(run.tick()));
                assertThat(due.last()).isAfterOrEqualTo(last);
                last = due.last();
            }
            List<Instant> expected = new ArrayList<>(ticks(NINE, latest));
            assertThat(decided).as("seed %d", seed).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void who_may_start_while_another_run_goes_on() {
        Run running = run(1, Origin.TICK, 0, RunState.STARTED, 7);
        Run eight = run(2, Origin.TICK, 0, RunState.WAITING, 8);
        Run nine = run(3, Origin.TICK, 0, RunState.WAITING, 9);
        List<Run> open = List.of(running, eight, nine);

        assertThat(turn(Concurrency.ALLOW, open).start()).containsExactly(eight, nine);
        assertThat(turn(Concurrency.QUEUE, open).start()).isEmpty();
        assertThat(turn(Concurrency.QUEUE, List.of(eight, nine)).start()).containsExactly(eight);
        assertThat(turn(Concurrency.FORBID, open).start()).isEmpty();
        assertThat(ids(turn(Concurrency.FORBID, open).leftOut())).containsExactly(2L, 3L);
        assertThat(turn(Concurrency.FORBID, List.of(eight)).start()).containsExactly(eight);
        Turn replaced = turn(Concurrency.REPLACE, open);
        assertThat(replaced.start()).isEmpty();
        assertThat(replaced.cancel()).containsExactly(running);
        assertThat(ids(replaced.leftOut())).containsExactly(2L);
        assertThat(turn(Concurrency.REPLACE, List.of(nine)).start()).containsExactly(nine);
    }

    @Test
    void a_paused_schedule_runs_what_is_asked_for_by_hand_and_backfills() {
        Run tick = run(1, Origin.TICK, 0, RunState.WAITING, 7);
        Run hand = run(2, Origin.HAND, 1, RunState.WAITING, 8);
        List<Run> past = new ArrayList<>(List.of(tick, hand));
        for (int i = 0; i < 5; i++) {
            past.add(run(10 + i, Origin.BACKFILL, 1, i == 0 ? RunState.STARTED : RunState.WAITING, i));
        }
        Schedule schedule = schedule("0 * * * *", Concurrency.ALLOW, CatchUp.LATEST, null, Duration.ZERO);

        assertThat(ids(Turn.of(schedule, true, past, List.of(backfill(3, false)), Inputs.NONE, NINE)
                        .start()))
                .containsExactly(2L, 11L, 12L);
        assertThat(ids(Turn.of(schedule, true, past, List.of(backfill(3, true)), Inputs.NONE, NINE)
                        .start()))
                .containsExactly(2L, 14L, 13L);
        assertThat(ids(Turn.of(schedule, false, past, List.of(backfill(1, true)), Inputs.NONE, NINE)
                        .start()))
                .containsExactly(1L, 2L);
    }

    @Test
    void so_many_failures_in_a_row_pause_it_and_a_success_forgets_them() {
        Standing standing = new Standing(NINE, null, null, 0, null);

        assertThat(standing.failed(3, NINE).failed(3, NINE).pause()).isNull();
        assertThat(standing.failed(3, NINE).failed(3, NINE).failed(3, NINE).pause())
                .isNotNull();
        assertThat(standing.failed(3, NINE).succeeded(NINE, true).failures()).isZero();
        assertThat(standing.succeeded(NINE, true)
                        .succeeded(NINE.minus(hours(1)), true)
                        .watermark())
                .isEqualTo(NINE);
        assertThat(standing.failed(null, NINE).pause()).isNull();
    }

    private static List<Instant> ticks(Instant from, Instant to) {
        CronTimes times = CronTimes.of("*/7 * * * *", ZoneOffset.UTC);
        List<Instant> all = new ArrayList<>();
        for (Instant at = times.next(from).orElseThrow();
                !at.isAfter(to);
                at = times.next(at).orElseThrow()) {
            all.add(at);
        }
        return all;
    }

    private static Turn turn(Concurrency concurrency, List<Run> open) {
        return Turn.of(
                schedule("0 * * * *", concurrency, CatchUp.LATEST, null, Duration.ZERO),
                false,
                open,
                List.of(),
                Inputs.NONE,
                NINE);
    }

    private static List<Long> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }

    private static Backfill backfill(int parallel, boolean newestFirst) {
        return new Backfill(
                new ScheduleName("hourly"),
                1,
                NINE.minus(hours(9)),
                NINE,
                parallel,
                newestFirst,
                false,
                "ada",
                NINE,
                null);
    }

    private static Run run(long id, Origin origin, int number, RunState state, int hour) {
        Instant tick = NINE.minus(hours(9 - hour));
        JobId job = state == RunState.STARTED ? new JobId("01%024d".formatted(id)) : null;
        return new Run(
                id,
                new ScheduleName("hourly"),
                tick,
                origin,
                number,
                new Interval(tick.minus(hours(1)), tick),
                state,
                job,
                NINE,
                null,
                null,
                null);
    }

    private static List<String> states(Ticks.Due due) {
        return due.runs().stream()
                .map(run -> run.state() + " " + run.tick().toString().substring(11, 16))
                .toList();
    }

    private static Duration hours(int count) {
        return Duration.ofHours(count);
    }

    private static Schedule hourly(CatchUp catchUp) {
        return schedule("0 * * * *", Concurrency.ALLOW, catchUp, null, Duration.ZERO);
    }

    static Schedule schedule(
            String cron, Concurrency concurrency, CatchUp catchUp, @Nullable Duration deadline, Duration jitter) {
        JobRequest job = new JobRequest(
                "hourly",
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
                new ScheduleName("hourly"),
                new TeamName("vision"),
                cron,
                ZoneOffset.UTC,
                concurrency,
                catchUp,
                deadline,
                null,
                jitter,
                List.of(),
                job);
    }
}
