package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.NOON;
import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.queue.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedStartTest {
    private static ExpectedStarts of(Situation situation, ExpectedStarts.Bounds bounds) {
        Snapshot snapshot = situation.snapshot();
        return ExpectedStarts.of(snapshot, new Planner().plan(snapshot), bounds);
    }

    private static ExpectedStart of(Situation situation, String job) {
        return of(situation, ExpectedStarts.Bounds.DEFAULT).of(new JobId(job));
    }

    private static void assertBetween(ExpectedStart start, Instant earliest, Instant latest) {
        assertThat(start).isInstanceOfSatisfying(ExpectedStart.Between.class, between -> {
            assertThat(between.earliest()).isEqualTo(earliest);
            assertThat(between.latest()).isEqualTo(latest);
            assertThat(between.assumptions()).isNotEmpty();
        });
    }

    private static Instant in(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    /** One node of 4 cpu; a and b hold it for 10 and 30 minutes. */
    private static Situation full() {
        return given().pool("p", 1, "cpu 4")
                .queue("etl")
                .running("a", "etl", "p-0", 1, "cpu 2")
                .endsIn("a", Duration.ofMinutes(10))
                .running("b", "etl", "p-0", 1, "cpu 2")
                .endsIn("b", Duration.ofMinutes(30));
    }

    @Test
    void a_job_starts_when_those_that_hold_its_room_are_expected_to_end() {
        Situation situation = full().pending("small", "etl", 1, "cpu 2").pending("large", "etl", 1, "cpu 4");
        situation.traits("small", traits -> traits.withRunTime(Duration.ofMinutes(60)));

        assertBetween(of(situation, "small"), in(10), in(10));
        assertBetween(of(situation, "large"), in(70), in(70));
    }

    @Test
    void where_nobody_knows_when_they_end_there_is_an_earliest_start_and_no_latest() {
        Situation situation = given().pool("p", 1, "cpu 4")
                .queue("etl")
                .running("a", "etl", "p-0", 1, "cpu 4")
                .pending("j", "etl", 1, "cpu 4");

        assertBetween(of(situation, "j"), NOON, null);
        assertThat(((ExpectedStart.Between) of(situation, "j")).assumptions())
                .contains(
                        "of 1 running jobs nobody knows when they end: now for the earliest start, never for the latest");
    }

    @Test
    void an_end_that_nobody_knows_leaves_a_range_where_others_end_for_sure() {
        Situation situation = full().running("c", "etl", "p-0", 1, "cpu 0");
        situation.live.remove(2);
        situation.nodes.clear();
        situation.pool("p", 1, "cpu 6").running("c", "etl", "p-0", 1, "cpu 2").pending("j", "etl", 1, "cpu 2");

        assertBetween(of(situation, "j"), NOON, in(10));
    }

    @Test
    void what_can_never_start_is_told_with_its_reason() {
        Situation situation = full().queue("tight", null, "", "", "cpu 1")
                .pending("huge", "etl", 1, "cpu 5")
                .pending("above", "tight", 1, "cpu 2");

        assertThat(((ExpectedStart.Cannot) of(situation, "huge")).because().code())
                .isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
        assertThat(((ExpectedStart.Cannot) of(situation, "above")).because().code())
                .isEqualTo(ReasonCode.ABOVE_CAPABILITY);
    }

    @Test
    void what_is_kept_for_others_lets_nobody_start_whoever_ends() {
        Situation situation = given().pool("p", 1, "cpu 4")
                .queue("owner", null, "cpu 3", "cpu 3", null)
                .queue("guest")
                .pending("j", "guest", 1, "cpu 2");

        assertThat(((ExpectedStart.Cannot) of(situation, "j")).because().code())
                .isEqualTo(ReasonCode.GUARANTEE_OF_OTHERS);
    }

    @Test
    void who_is_launched_has_no_expected_start_and_who_comes_late_is_not_looked_at() {
        Situation situation = full().pending("one", "etl", 1, "cpu 2").pending("two", "etl", 1, "cpu 2");
        ExpectedStarts starts = of(situation, new ExpectedStarts.Bounds(1, 50, 1000));

        assertThat(starts.of(new JobId("a"))).isNull();
        assertThat(starts.of(new JobId("two"))).isEqualTo(new ExpectedStart.NotLookedAt(1, 2));
        assertBetween(starts.of(new JobId("one")), in(10), in(10));
    }

    @Test
    void few_steps_give_a_wider_range_that_still_holds_the_truth() {
        Situation situation = given().pool("p", 1, "cpu 20").queue("etl");
        for (int i = 0; i < 20; i++) {
            situation.running("r" + i, "etl", "p-0", 1, "cpu 1").endsIn("r" + i, Duration.ofMinutes(i + 1));
        }
        situation.pending("j", "etl", 1, "cpu 10");

        assertThat(of(situation, new ExpectedStarts.Bounds(9, 4, 1_000_000)).of(new JobId("j")))
                .isInstanceOfSatisfying(ExpectedStart.Between.class, between -> {
                    assertThat(between.earliest()).isBeforeOrEqualTo(in(10));
                    assertThat(between.latest()).isAfterOrEqualTo(in(10));
                });
        assertBetween(of(situation, "j"), in(10), in(10));
    }

    @Test
    void a_back_off_and_a_limit_on_launches_end_by_themselves() {
        Situation backoff = given().pool("p", 1, "cpu 4").queue("etl").pending("j", "etl", 1, "cpu 4");
        backoff.backoff("j", "p", Duration.ofSeconds(30));
        assertBetween(of(backoff, "j"), NOON.plusSeconds(30), NOON.plusSeconds(30));

        Situation limited = given().pool("p", 1, "cpu 4")
                .queue("etl")
                .pending("first", "etl", 1, "cpu 1")
                .pending("second", "etl", 1, "cpu 1");
        limited.queues.replaceAll(
                queue -> queue.withLimits(List.of(new Limit(false, new PriorityClassName("routine"), null, null, 1))));
        limited.traits("first", traits -> traits.of("u", new PriorityClassName("routine")));
        limited.traits("second", traits -> traits.of("u", new PriorityClassName("routine")));
        assertThat(of(limited, "second"))
                .isInstanceOfSatisfying(ExpectedStart.Between.class, between -> assertThat(between.latest())
                        .isEqualTo(NOON.plusSeconds(60)));
    }

    @Test
    void who_is_given_room_starts_when_it_is_left() {
        Situation situation = given().pool("p", 1, "cpu 4")
                .queue("etl")
                .running("low", "etl", "p-0", 1, "cpu 4")
                .roles("low", ask("worker", 1, "cpu 4"))
                .pending("rush", "etl", 100, ask("worker", 1, "cpu 4"))
                .traits("rush", Traits::withPreemption)
                .settings(PlanSettings.DEFAULT.with(new PlanSettings.Eviction(
                        true, true, Duration.ZERO, Duration.ZERO, 3, 9, 9, Duration.ofSeconds(30))));

        assertBetween(of(situation, "rush"), NOON, NOON.plusSeconds(30));
    }
}
