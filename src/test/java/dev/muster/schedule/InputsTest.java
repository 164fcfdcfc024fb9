package dev.muster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What runs of a schedule wait for that comes after another, and whose turn it is meanwhile. */
class InputsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final ScheduleName SOURCE = new ScheduleName("source");
    private static final String HOURLY = "0 * * * *";

    private final Map<Instant, RunState> newest = new HashMap<>();
    private final List<Interval> succeeded = new ArrayList<>();

    @Test
    void with_the_same_ticks_it_waits_for_the_run_of_the_same_interval() {
        Schedule report = report(HOURLY, Concurrency.ALLOW);
        assertThat(missing(report, HOURLY, MIDNIGHT))
                .isEqualTo("waits for the run of schedule source at 2026-06-02T00:00:00Z, which is to come");
        newest.put(MIDNIGHT, RunState.FAILED);
        assertThat(missing(report, HOURLY, MIDNIGHT)).endsWith("which is FAILED");
        done(hours(-2), hours(-1));
        assertThat(missing(report, HOURLY, MIDNIGHT))
                .as("that was the hour before")
                .isNotNull();

        done(hours(-1), hours(0));
        assertThat(missing(report, HOURLY, MIDNIGHT)).isNull();
    }

    @Test
    void a_daily_one_waits_for_all_hours_of_its_day_however_they_were_run() {
        Schedule report = report("0 0 * * *", Concurrency.ALLOW);
        done(hours(-24), hours(-10)); // one run for many that were missed
        for (int hour = -9; hour <= 0; hour++) {
            done(hours(hour - 1), hours(hour));
            String missing = missing(report, HOURLY, MIDNIGHT);
            if (hour < 0) {
                assertThat(missing).contains("at " + hours(hour + 1));
            } else {
                assertThat(missing).isNull();
            }
        }
    }

    @Test
    void an_hourly_one_waits_for_a_daily_one_in_the_hour_in_which_that_comes() {
        Schedule report = report(HOURLY, Concurrency.ALLOW);

        assertThat(missing(report, "0 0 * * *", hours(-1))).isNull();
        assertThat(missing(report, "0 0 * * *", MIDNIGHT)).contains("2026-06-02T00:00:00Z");
        assertThat(missing(report, "0 0 * * *", hours(1))).isNull();
    }

    @Test
    void ticks_before_the_other_was_there_are_not_waited_for_and_one_that_is_gone_is_told() {
        Schedule report = report("0 0 * * *", Concurrency.ALLOW);
        done(hours(-1), hours(0));
        Inputs young = new Inputs(Map.of(SOURCE, Inputs.Input.of(source(HOURLY), hours(0), newest, succeeded)));

        assertThat(young.missing(report, run(1, Origin.TICK, MIDNIGHT, "0 0 * * *")))
                .isEmpty();
        assertThat(Inputs.NONE.missing(report, run(1, Origin.TICK, MIDNIGHT, "0 0 * * *")))
                .hasValue("waits for schedule source, which is not there any more");
    }

    @Test
    void what_is_asked_for_by_hand_does_not_wait_and_backfills_do() {
        Schedule report = report(HOURLY, Concurrency.ALLOW);
        Run hand = run(1, Origin.HAND, MIDNIGHT, HOURLY);
        Run again = run(2, Origin.BACKFILL, MIDNIGHT, HOURLY);
        Backfill backfill = new Backfill(report.name(), 1, hours(-2), MIDNIGHT, 5, false, false, "ada", MIDNIGHT, null);
        Turn turn = Turn.of(report, false, List.of(hand, again), List.of(backfill), inputs(HOURLY), MIDNIGHT);
        assertThat(ids(turn.start())).containsExactly(1L);
        assertThat(ids(turn.heldBack())).containsExactly(2L);

        done(hours(-1), hours(0));
        assertThat(ids(Turn.of(report, false, List.of(hand, again), List.of(backfill), inputs(HOURLY), MIDNIGHT)
                        .start()))
                .containsExactly(1L, 2L);
    }

    @Test
    void meanwhile_others_pass_it_but_where_each_has_its_turn() {
        // The newer one has its input, the older one has not.
        List<Run> open = List.of(run(1, Origin.TICK, hours(-1), HOURLY), run(2, Origin.TICK, hours(0), HOURLY));
        done(hours(-1), hours(0));

        Turn allow = turn(Concurrency.ALLOW, open);
        assertThat(ids(allow.start())).containsExactly(2L);
        assertThat(ids(allow.heldBack())).containsExactly(1L);
        assertThat(allow.heldBack().get(0).why()).contains("source");
        Turn forbid = turn(Concurrency.FORBID, open);
        assertThat(ids(forbid.start())).containsExactly(2L);
        assertThat(forbid.leftOut()).isEmpty();
        Turn replace = turn(Concurrency.REPLACE, open);
        assertThat(ids(replace.start())).containsExactly(2L);
        assertThat(ids(replace.leftOut()))
                .as("it would replace a newer one later")
                .containsExactly(1L);
        Turn queue = turn(Concurrency.QUEUE, open);
        assertThat(queue.start()).as("its turn has not come").isEmpty();
        assertThat(ids(queue.heldBack())).containsExactly(1L);
    }

    @Test
    void one_that_waited_too_long_says_for_what() {
        Schedule report = new Schedule(
                new ScheduleName("report"),
                source(HOURLY).team(),
                HOURLY,
                source(HOURLY).zone(),
                Concurrency.ALLOW,
                CatchUp.LATEST,
                Duration.ofHours(1),
                null,
                Duration.ZERO,
                List.of(SOURCE),
                source(HOURLY).job());
        Run waited = run(1, Origin.TICK, MIDNIGHT, HOURLY).waitingBecause("waits for the run of schedule source");
        Turn turn = Turn.of(report, false, List.of(waited), List.of(), inputs(HOURLY), hours(2));
        assertThat(turn.leftOut()).singleElement().satisfies(run -> assertThat(run.why())
                .isEqualTo("it could not start within its starting deadline: it waits for the run of schedule source"));
    }

    private Turn turn(Concurrency concurrency, List<Run> open) {
        return Turn.of(report(HOURLY, concurrency), false, open, List.of(), inputs(HOURLY), MIDNIGHT);
    }

    private @Nullable String missing(Schedule report, String source, Instant tick) {
        return inputs(source)
                .missing(report, run(1, Origin.TICK, tick, report.cron()))
                .orElse(null);
    }

    private Inputs inputs(String cron) {
        return new Inputs(Map.of(SOURCE, Inputs.Input.of(source(cron), LONG_AGO, newest, succeeded)));
    }

    private void done(Instant start, Instant end) {
        succeeded.add(new Interval(start, end));
        newest.put(end, RunState.SUCCEEDED);
    }

    private static Instant hours(int count) {
        return MIDNIGHT.plus(Duration.ofHours(count));
    }

    private static List<Long> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }

    private static Run run(long id, Origin origin, Instant tick, String cron) {
        Interval interval = new Ticks(source(cron)).interval(tick);
        int number = origin == Origin.TICK ? 0 : 1;
        return new Run(
                id,
                new ScheduleName("report"),
                tick,
                origin,
                number,
                interval,
                RunState.WAITING,
                null,
                MIDNIGHT,
                null,
                null,
                null);
    }

    private static Schedule source(String cron) {
        return named("source", cron, Concurrency.ALLOW, List.of());
    }

    private static Schedule report(String cron, Concurrency concurrency) {
        return named("report", cron, concurrency, List.of(SOURCE));
    }

    private static Schedule named(String name, String cron, Concurrency concurrency, List<ScheduleName> after) {
        Schedule like = TicksTest.schedule(cron, concurrency, CatchUp.LATEST, null, Duration.ZERO);
        return new Schedule(
                new ScheduleName(name),
                like.team(),
                cron,
                like.zone(),
                concurrency,
                like.catchUp(),
                null,
                null,
                Duration.ZERO,
                after,
                like.job());
    }
}
