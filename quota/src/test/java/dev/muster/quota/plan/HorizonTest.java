package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.queue.Limit;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HorizonTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final QueueName QUEUE = new QueueName("all");
    private static final Resources CPU = Resources.of("cpu", 1000);
    private static final PlanSettings.Eviction EVICTION =
            new PlanSettings.Eviction(true, true, Duration.ofMinutes(10), Duration.ofSeconds(30), 3, 20);

    private final QueueSpec queue =
            new QueueSpec(QUEUE, null, Resources.NONE, Resources.of("cpu", 4000), null, 1, QueueState.OPEN);

    @Test
    void without_eviction_aging_or_limits_time_changes_nothing() {
        assertThat(horizon(queue, PlanSettings.DEFAULT, NOW.minusSeconds(5))).isNull();
    }

    @Test
    void a_job_may_take_from_others_when_it_has_waited_long_enough() {
        assertThat(horizon(queue, PlanSettings.DEFAULT.with(EVICTION), NOW.minusSeconds(5)))
                .isEqualTo(NOW.plusSeconds(25));
    }

    @Test
    void then_a_victim_may_go_when_it_has_run_long_enough() {
        assertThat(horizon(queue, PlanSettings.DEFAULT.with(EVICTION), NOW.minusSeconds(40)))
                .isEqualTo(NOW.minusSeconds(100).plus(Duration.ofMinutes(10)));
    }

    @Test
    void where_no_queue_deserves_anything_and_nobody_may_preempt_there_is_nothing_to_wait_for() {
        QueueSpec plain = new QueueSpec(QUEUE, null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN);
        assertThat(horizon(plain, PlanSettings.DEFAULT.with(EVICTION), NOW.minusSeconds(5)))
                .isNull();
    }

    @Test
    void a_waiting_job_gains_priority_each_hour_until_it_has_gained_the_most() {
        PlanSettings aging = PlanSettings.DEFAULT.with(new PlanSettings.Aging(2, 3));
        assertThat(horizon(queue, aging, NOW.minusSeconds(90 * 60))).isEqualTo(NOW.plusSeconds(30 * 60));
        assertThat(horizon(queue, aging, NOW.minusSeconds(121 * 60))).isNull();
    }

    @Test
    void a_launch_that_is_a_minute_old_counts_no_more() {
        QueueSpec limited = queue.withLimits(List.of(new Limit(true, null, null, null, 1)));
        assertThat(horizon(limited, PlanSettings.DEFAULT, NOW.minusSeconds(5), NOW.minusSeconds(20)))
                .isEqualTo(NOW.plusSeconds(40));
    }

    @Test
    void who_has_just_begun_may_grow_in_a_moment() {
        assertThat(horizon(queue, PlanSettings.DEFAULT.withElastic(true), NOW.minusSeconds(5), NOW))
                .isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void a_queue_found_above_its_capability_is_due_in_a_later_plan_even_without_a_delay() {
        Situation found = above(Duration.ZERO);
        Plan first = new Planner().plan(found.snapshot());
        assertThat(first.above()).containsExactly(QUEUE);
        assertThat(first.decisions()).noneMatch(decision -> decision instanceof Decision.Evict);
        assertThat(Horizon.of(found.snapshot(), first)).contains(found.now.plusSeconds(1));

        found.aboveSince.put(QUEUE, found.now);
        found.now = found.now.plusSeconds(1);
        assertThat(new Planner().plan(found.snapshot()).decisions())
                .singleElement()
                .isInstanceOf(Decision.Evict.class);
    }

    @Test
    void with_a_delay_it_is_due_when_the_delay_has_passed_since_it_was_found() {
        Situation found = above(Duration.ofMinutes(5));
        assertThat(Horizon.of(found.snapshot(), new Planner().plan(found.snapshot())))
                .contains(found.now.plusSeconds(300));

        found.aboveSince.put(QUEUE, found.now.minusSeconds(100));
        assertThat(Horizon.of(found.snapshot(), new Planner().plan(found.snapshot())))
                .contains(found.now.plusSeconds(200));
    }

    /** Two gangs of two cpus run where no more than three are allowed now. */
    private static Situation above(Duration cutAfter) {
        return Situation.given()
                .pool("a", 2, "cpu 2")
                .queue(QUEUE.value(), null, "", "", "cpu 3")
                .running("one", QUEUE.value(), "a-0", 2, "cpu 1")
                .roles("one", Situation.ask("worker", 2, "cpu 1"))
                .running("two", QUEUE.value(), "a-1", 2, "cpu 1")
                .roles("two", Situation.ask("worker", 2, "cpu 1"))
                .settings(PlanSettings.DEFAULT.with(PlanSettings.Eviction.OFF.withCut(cutAfter)));
    }

    private static Instant horizon(QueueSpec queue, PlanSettings settings, Instant waitsSince) {
        return horizon(queue, settings, waitsSince, NOW.minusSeconds(100));
    }

    private static Instant horizon(QueueSpec queue, PlanSettings settings, Instant waitsSince, Instant runsSince) {
        Ask ask = new Ask(new RoleName("worker"), 1, 2, CPU, NodeAffinity.ANY, List.of());
        PendingJob waiting = new PendingJob(new JobId("w"), QUEUE, 2, waitsSince, List.of(ask), Map.of());
        LiveAttempt live = new LiveAttempt(
                new AttemptId(new JobId("r"), 1), QUEUE, 2, runsSince, List.of(), List.of(ask), Traits.PLAIN, null);
        Snapshot snapshot = new Snapshot(NOW, List.of(queue), List.of(), List.of(waiting), List.of(live), settings);
        return Horizon.of(snapshot, new Plan(List.of())).orElse(null);
    }
}
