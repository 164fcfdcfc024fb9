package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.elastic;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionTest {
    private static final PlanSettings ON = PlanSettings.DEFAULT.with(PlanSettings.Eviction.ON);

    private static List<String> evicted(Plan plan) {
        return plan.acts(Decision.Evict.class).stream()
                .map(evict -> evict.job().value())
                .toList();
    }

    /** Two nodes, both held by jobs of the queue with priority 2. */
    private static Situation fullQueue() {
        return given().pool("a", 2, "cpu 4")
                .queue("etl")
                .running("low-1", "etl", "a-0", 1, "cpu 4")
                .roles("low-1", ask("worker", 1, "cpu 4"))
                .running("low-2", "etl", "a-1", 1, "cpu 4")
                .roles("low-2", ask("worker", 1, "cpu 4"))
                .settings(ON);
    }

    private static Situation rush(Situation situation) {
        return situation.pending("rush", "etl", 100, ask("worker", 1, "cpu 4")).traits("rush", Traits::withPreemption);
    }

    @Test
    void a_higher_priority_whose_class_may_preempt_ends_just_enough_of_its_own_queue() {
        var planned = rush(fullQueue()).whenPlanned();

        assertThat(evicted(planned.plan())).containsExactly("low-1");
        assertThat(planned.plan().acts(Decision.Evict.class)).allSatisfy(evict -> {
            assertThat(evict.inFavourOf()).isEqualTo(new JobId("rush"));
            assertThat(evict.reason().code()).isEqualTo(ReasonCode.PREEMPTED);
            assertThat(evict.reason().message())
                    .isEqualTo(
                            "1 pods gave way to job rush of the same queue etl: priority 100 before 2, whose class may preempt");
            assertThat(evict.reason().numbers()).containsEntry("lostCpuSeconds", "2400");
        });
        assertThat(planned.code("rush")).isEqualTo(ReasonCode.ROOM_IS_MADE);
        assertThat(planned.message("rush"))
                .isEqualTo(
                        "room is made: 1 job gives way (low-1); preempt: priority 100 before 2 of the same queue etl");
    }

    @Test
    void what_leaves_is_kept_for_the_taker_and_it_starts_when_they_are_gone() {
        Situation first = rush(fullQueue());
        Situation leaving =
                Aftermath.of(first, first.whenPlanned().plan()).queue("other").pending("greedy", "other", 1, "cpu 4");
        var waits = leaving.whenPlanned();
        assertThat(waits.plan().decisions()).allMatch(Decision.Hold.class::isInstance);
        assertThat(waits.code("rush")).isEqualTo(ReasonCode.ROOM_IS_MADE);

        var starts = Aftermath.whenTheyAreGone(leaving)
                .settings(PlanSettings.DEFAULT)
                .whenPlanned();
        assertThat(starts.launches()).contains("rush");
    }

    private static void nothingMoreComesOfItsOwnResult(Situation situation, Plan plan) {
        assertThat(Aftermath.of(situation, plan).whenPlanned().plan().decisions())
                .allMatch(Decision.Hold.class::isInstance);
    }

    @Test
    void what_is_kept_for_one_taker_another_does_not_start_on() {
        Situation two = given().pool("a", 3, "cpu 4")
                .queue("x", null, "", "cpu 12", null)
                .queue("y")
                .running("low-x", "x", "a-0", 1, "cpu 4")
                .roles("low-x", ask("worker", 1, "cpu 4"))
                .running("low-y", "y", "a-2", 1, "cpu 4")
                .roles("low-y", ask("worker", 1, "cpu 4"))
                .pending("small", "y", 100, ask("worker", 1, "cpu 4"))
                .traits("small", Traits::withPreemption)
                .pending("wide", "x", 100, ask("worker", 2, "cpu 4"))
                .traits("wide", Traits::withPreemption)
                .settings(ON);
        Plan plan = two.whenPlanned().plan();

        assertThat(evicted(plan)).containsExactly("low-x", "low-y");
        nothingMoreComesOfItsOwnResult(two, plan);
    }

    @Test
    void whoever_leaves_for_whomever_holds_no_quota_when_room_is_kept() {
        Situation shared = given().pool("a", 1, "cpu 9")
                .queue("q", null, "", "cpu 3", "cpu 7")
                .queue("owner", "q", "", "cpu 3", null)
                .queue("one", "q", "", "", null)
                .queue("two", "q", "", "", null)
                .running("long", "one", "gone-0", 1, "cpu 4")
                .roles("long", ask("worker", 1, "cpu 4"))
                .running("short", "one", "gone-1", 1, "cpu 1")
                .roles("short", ask("worker", 1, "cpu 1"))
                .running("other", "two", "a-0", 1, "cpu 2")
                .roles("other", ask("worker", 1, "cpu 2"))
                .pending("takes-back", "owner", 2, ask("worker", 1, "cpu 2"))
                .pending("rush", "one", 100, ask("worker", 1, "cpu 1"))
                .traits("rush", Traits::withPreemption)
                .settings(ON);
        Plan plan = shared.whenPlanned().plan();

        assertThat(evicted(plan)).containsExactly("other", "short");
        nothingMoreComesOfItsOwnResult(shared, plan);
    }

    @Test
    void it_is_off_unless_switched_on_and_nobody_preempts_without_the_right_or_the_priority() {
        assertThat(evicted(rush(fullQueue())
                        .settings(PlanSettings.DEFAULT)
                        .whenPlanned()
                        .plan()))
                .isEmpty();
        assertThat(evicted(rush(fullQueue())
                        .traits("rush", traits -> Traits.PLAIN)
                        .whenPlanned()
                        .plan()))
                .isEmpty();
        assertThat(evicted(fullQueue()
                        .pending("equal", "etl", 2, ask("worker", 1, "cpu 4"))
                        .traits("equal", Traits::withPreemption)
                        .whenPlanned()
                        .plan()))
                .isEmpty();
    }

    @Test
    void aging_gives_no_right_to_preempt() {
        var planned = fullQueue()
                .pending("old", "etl", 2, ask("worker", 1, "cpu 4"))
                .traits("old", Traits::withPreemption)
                .settings(ON.with(new PlanSettings.Aging(10, 1000)))
                .whenPlanned();

        assertThat(evicted(planned.plan())).isEmpty();
    }

    @Test
    void nobody_is_ended_where_the_room_would_not_hold_the_gang() {
        var planned = fullQueue()
                .pending("huge", "etl", 100, ask("worker", 3, "cpu 4"))
                .traits("huge", Traits::withPreemption)
                .whenPlanned();

        assertThat(evicted(planned.plan())).isEmpty();
        assertThat(planned.code("huge")).isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
    }

    @Test
    void the_one_that_loses_least_work_goes() {
        Situation situation = rush(fullQueue());
        situation.live.replaceAll(attempt -> attempt.id().job().value().equals("low-2")
                ? new LiveAttempt(
                        attempt.id(),
                        attempt.queue(),
                        attempt.priority(),
                        attempt.since(),
                        attempt.pods(),
                        attempt.roles(),
                        attempt.traits(),
                        Situation.NOON.minusSeconds(10))
                : attempt);

        assertThat(evicted(situation.whenPlanned().plan())).containsExactly("low-2");
    }

    @Test
    void minimum_run_time_budget_delay_and_rate_protect() {
        assertThat(evicted(rush(fullQueue())
                        .settings(with(new PlanSettings.Eviction(true, true, Duration.ofHours(1), Duration.ZERO, 3, 9)))
                        .whenPlanned()
                        .plan()))
                .isEmpty();
        assertThat(evicted(rush(fullQueue())
                        .tenure("low-1", traits -> traits.withEvictions(3))
                        .whenPlanned()
                        .plan()))
                .containsExactly("low-2");
        assertThat(evicted(rush(fullQueue())
                        .settings(with(new PlanSettings.Eviction(true, true, Duration.ZERO, Duration.ofHours(2), 3, 9)))
                        .whenPlanned()
                        .plan()))
                .isEmpty();
        assertThat(evicted(fullQueue()
                        .pending("both", "etl", 100, ask("worker", 2, "cpu 4"))
                        .traits("both", Traits::withPreemption)
                        .settings(with(new PlanSettings.Eviction(true, true, Duration.ZERO, Duration.ZERO, 3, 1)))
                        .whenPlanned()
                        .plan()))
                .isEmpty();
    }

    @Test
    void as_many_are_evicted_in_a_minute_as_may_be_and_the_rest_says_so() {
        Situation slow = rush(fullQueue()).settings(with(PlanSettings.Eviction.ON.withPerMinute(10)));

        var planned = new Situation.Planned(new Planner().plan(slow.snapshot().withEvictedLately(10)));
        assertThat(evicted(planned.plan())).isEmpty();
        assertThat(planned.codes("rush")).contains(ReasonCode.EVICTION_BOUND);
        assertThat(evicted(new Planner().plan(slow.snapshot().withEvictedLately(9))))
                .containsExactly("low-1");
    }

    @Test
    void who_stands_behind_many_that_nobody_can_give_way_for_has_a_chance_too() {
        Situation situation = rush(fullQueue()).queue("hopeless");
        for (int job = 0; job < 40; job++) {
            situation.pending("h" + job, "hopeless", 1, "cpu %dm".formatted(job + 1));
        }

        int evictions = 0;
        for (int second = 0; second < 100; second++) {
            situation.now = Situation.NOON.plusSeconds(second);
            var planned = situation.whenPlanned();
            if (evicted(planned.plan()).isEmpty()) {
                assertThat(planned.codes("rush")).contains(ReasonCode.EVICTION_BOUND);
            } else {
                evictions++;
            }
        }
        assertThat(evictions).isBetween(5, 95);
    }

    @Test
    void nobody_beyond_a_fence_is_evicted_for_a_job_within_it_but_one_outside_takes_from_within() {
        assertThat(evicted(fenced("ours", "train", "theirs").whenPlanned().plan()))
                .isEmpty();
        assertThat(evicted(fenced("theirs", "train", "theirs").whenPlanned().plan()))
                .containsExactly("guest");
        assertThat(evicted(fenced("none", "train", "theirs").whenPlanned().plan()))
                .containsExactly("guest");
    }

    /** {@code taker} waits in ours-a; a guest in {@code from} holds what it deserves. */
    private static Situation fenced(String fence, String taker, String from) {
        Situation situation = given().pool("a", 1, "cpu 4")
                .queue("ours", null, "", "cpu 4", null)
                .queue("ours-a", "ours", "", "cpu 4", null)
                .queue("theirs")
                .running("guest", from, "a-0", 1, "cpu 4")
                .roles("guest", ask("worker", 1, "cpu 4"))
                .pending(taker, "ours-a", 1, "cpu 4")
                .settings(ON);
        situation.queues.replaceAll(queue -> queue.name().value().equals(fence) ? queue.withFence(true) : queue);
        return situation;
    }

    private static PlanSettings with(PlanSettings.Eviction eviction) {
        return PlanSettings.DEFAULT.with(eviction);
    }

    /** A guest holds the whole pool of 16 cpu; the owner deserves 8 of it, the guest 4. */
    private static Situation borrowed() {
        return given().pool("a", 4, "cpu 4")
                .queue("owner", null, "", "cpu 8", null)
                .queue("guest", null, "", "cpu 4", null)
                .running("g1", "guest", "a-0", 1, "cpu 4")
                .roles("g1", ask("worker", 1, "cpu 4"))
                .running("g2", "guest", "a-1", 1, "cpu 4")
                .roles("g2", ask("worker", 1, "cpu 4"))
                .live("g3", "guest", held("a-2"), held("a-3"))
                .roles("g3", ask("worker", 2, "cpu 4"))
                .settings(ON);
    }

    private static LiveAttempt.Held held(String node) {
        return new LiveAttempt.Held(
                new dev.muster.quota.name.RoleName("worker"),
                new dev.muster.quota.name.PoolName("a"),
                new dev.muster.quota.name.NodeName(node),
                Situation.amounts("cpu 4"),
                1);
    }

    @Test
    void an_owner_takes_back_what_it_deserves_whatever_the_priorities() {
        var planned = borrowed().pending("train", "owner", 2, "cpu 4").whenPlanned();

        assertThat(evicted(planned.plan())).containsExactly("g1", "g2");
        assertThat(planned.plan().acts(Decision.Evict.class).get(0).reason()).satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.RECLAIMED);
            assertThat(reason.message())
                    .isEqualTo(
                            "1 pods gave way to job train of queue owner, which takes back what it deserves: queue guest held 16 cpu and deserves 4");
        });
    }

    @Test
    void nobody_takes_more_than_it_deserves() {
        var planned = borrowed().pending("train", "owner", 3, "cpu 4").whenPlanned();

        assertThat(planned.plan().decisions()).allMatch(Decision.Hold.class::isInstance);
    }

    @Test
    void a_gang_too_large_to_give_way_without_harm_is_named() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("owner", null, "", "cpu 4", null)
                .queue("guest", null, "", "cpu 4", null)
                .live("gang", "guest", held("a-0"), held("a-1"))
                .roles("gang", ask("worker", 2, "cpu 4"))
                .pending("train", "owner", 1, "cpu 4")
                .settings(ON)
                .whenPlanned();

        assertThat(evicted(planned.plan())).isEmpty();
        assertThat(planned.codes("train")).contains(ReasonCode.RECLAIM_GRANULARITY);
    }

    @Test
    void pods_above_the_minimum_go_first_and_the_gang_stays_whole() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("owner", null, "", "cpu 4", null)
                .queue("guest", null, "", "cpu 4", null)
                .running("whole", "guest", "a-0", 1, "cpu 1")
                .roles("whole", ask("worker", 1, "cpu 1"))
                .running("spark", "guest", "a-1", 4, "cpu 1")
                .roles("spark", elastic("worker", 2, 9, "cpu 1"))
                .running("more", "guest", "a-0", 3, "cpu 1")
                .roles("more", ask("worker", 3, "cpu 1"))
                .pending("train", "owner", 1, "cpu 2")
                .settings(ON)
                .whenPlanned();

        assertThat(evicted(planned.plan())).isEmpty();
        assertThat(planned.plan().acts(Decision.Shrink.class)).singleElement().satisfies(shrink -> {
            assertThat(shrink.job()).isEqualTo(new JobId("spark"));
            assertThat(shrink.pods()).singleElement().satisfies(pods -> assertThat(pods.count())
                    .isEqualTo(2));
        });
    }

    @Test
    void an_attempt_of_which_nothing_is_known_is_left_alone() {
        var planned = given().pool("a", 1, "cpu 4")
                .queue("etl")
                .running("unknown", "etl", "a-0", 1, "cpu 4")
                .pending("rush", "etl", 100, ask("worker", 1, "cpu 4"))
                .traits("rush", Traits::withPreemption)
                .settings(ON)
                .whenPlanned();

        assertThat(planned.plan().decisions()).hasSize(1);
    }
}
