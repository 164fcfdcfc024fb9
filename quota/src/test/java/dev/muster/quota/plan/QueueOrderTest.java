package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.queue.QueueState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
    @Test
    void inside_a_queue_priority_goes_before_age() {
        var planned = given().pool("a", 10, "cpu 4")
                .queue("etl")
                .pending("old", "etl", 2, ask("worker", 1, "cpu 1"))
                .pending("older-still", "etl", 2, ask("worker", 1, "cpu 1"))
                .pending("urgent", "etl", 10, ask("worker", 1, "cpu 1"))
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("urgent", "old", "older-still");
    }

    @Test
    void the_queue_that_stays_deepest_within_what_it_deserves_goes_first() {
        var planned = given().pool("a", 10, "cpu 4")
                .queue("poor", null, "", "cpu 4", null)
                .queue("rich", null, "", "cpu 20", null)
                .pending("p1", "poor", 1, "cpu 2")
                .pending("p2", "poor", 1, "cpu 2")
                .pending("r1", "rich", 1, "cpu 4")
                .pending("r2", "rich", 1, "cpu 4")
                .pending("r3", "rich", 1, "cpu 4")
                .whenPlanned();

        // rich: 4/20, 8/20; then poor at 2/4 before rich at 12/20; then poor 4/4.
        assertThat(planned.launches()).containsExactly("r1", "r2", "p1", "r3", "p2");
    }

    @Test
    void a_queue_above_what_it_deserves_goes_after_all_that_are_within() {
        var planned = given().pool("a", 10, "cpu 4")
                .queue("above", null, "", "cpu 1", null)
                .queue("within", null, "", "cpu 4", null)
                .pending("a1", "above", 1, "cpu 2")
                .pending("w1", "within", 1, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("w1", "a1");
    }

    @Test
    void what_is_left_over_goes_by_weight() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("heavy", null, "", "", null, 2, QueueState.OPEN)
                .queue("light", null, "", "", null, 1, QueueState.OPEN)
                .pending("h1", "heavy", 1, "cpu 2")
                .pending("h2", "heavy", 1, "cpu 2")
                .pending("h3", "heavy", 1, "cpu 2")
                .pending("h4", "heavy", 1, "cpu 2")
                .pending("l1", "light", 1, "cpu 2")
                .pending("l2", "light", 1, "cpu 2")
                .pending("l3", "light", 1, "cpu 2")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("h1", "h2", "l1", "h3", "h4", "l2");
    }

    @Test
    void a_resource_may_have_a_weight_of_its_own() {
        Situation situation = given().pool("a", 1, "cpu 6, memory 100")
                .queue("heavy")
                .queue("light")
                .pending("h1", "heavy", 1, "cpu 2")
                .pending("h2", "heavy", 1, "cpu 2")
                .pending("l1", "light", 1, "cpu 2");
        assertThat(situation.whenPlanned().launches()).containsExactly("h1", "l1", "h2");

        situation.queues.replaceAll(
                queue -> queue.name().value().equals("heavy") ? queue.withWeights(Map.of("cpu", 5)) : queue);
        assertThat(situation.whenPlanned().launches()).containsExactly("h1", "h2", "l1");
    }

    @Test
    void the_tree_is_asked_level_by_level() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("org-a", null, "", "cpu 4", null)
                .queue("a-1", "org-a", "", "", null)
                .queue("a-2", "org-a", "", "", null)
                .queue("org-b", null, "", "cpu 4", null)
                .queue("b-1", "org-b", "", "", null)
                .pending("a1", "a-1", 1, "cpu 2")
                .pending("a2", "a-2", 1, "cpu 2")
                .pending("b1", "b-1", 1, "cpu 2")
                .pending("b2", "b-1", 1, "cpu 2")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void a_job_that_cannot_start_does_not_stop_those_behind_it() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .pending("blocked", "etl", 3, "cpu 4")
                .pending("small", "etl", 1, "cpu 1")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("small");
    }

    @Test
    void idle_guarantee_of_others_is_not_used_and_idle_deserved_is() {
        var guaranteed = given().pool("a", 2, "cpu 5")
                .queue("owner", null, "cpu 6", "cpu 6", null)
                .queue("guest")
                .pending("five", "guest", 1, "cpu 5")
                .pending("four", "guest", 2, "cpu 2")
                .whenPlanned();
        assertThat(guaranteed.launches()).containsExactly("four");
        assertThat(guaranteed.code("five")).isEqualTo(ReasonCode.GUARANTEE_OF_OTHERS);

        var borrowed = given().pool("a", 2, "cpu 5")
                .queue("owner", null, "", "cpu 10", null)
                .queue("guest")
                .pending("five", "guest", 2, "cpu 5")
                .whenPlanned();
        assertThat(borrowed.launches()).containsExactly("five");
    }

    @Test
    void an_owner_uses_its_own_guarantee() {
        var planned = given().pool("a", 2, "cpu 5")
                .queue("org", null, "cpu 10", "cpu 10", null)
                .queue("owner", "org", "cpu 6", "cpu 6", null)
                .queue("sibling", "org", "cpu 4", "cpu 4", null)
                .pending("mine", "owner", 2, "cpu 3")
                .pending("theirs", "sibling", 2, "cpu 2")
                .whenPlanned();

        assertThat(planned.launches()).containsExactlyInAnyOrder("mine", "theirs");
    }

    @Test
    void guarantees_beyond_the_supply_count_proportionally_less() {
        var planned = given().pool("a", 1, "cpu 10")
                .queue("one", null, "cpu 15", "cpu 15", null)
                .queue("two", null, "cpu 5", "cpu 5", null)
                .pending("eight", "one", 1, "cpu 8")
                .pending("seven", "one", 1, "cpu 7")
                .whenPlanned();

        // 15 and 5 of 10: 7.5 and 2.5.
        assertThat(planned.launches()).containsExactly("seven");
        assertThat(planned.codes("eight")).contains(ReasonCode.GUARANTEE_OF_OTHERS);
    }

    @Test
    void no_launch_takes_a_queue_or_one_above_it_over_capability() {
        var planned = given().pool("a", 10, "cpu 4")
                .queue("org", null, "", "", "cpu 6")
                .queue("team", "org", "", "", "cpu 8")
                .running("held", "team", "a-0", 1, "cpu 3")
                .pending("four", "team", 1, "cpu 4")
                .pending("three", "team", 1, "cpu 3")
                .pending("seven", "team", 2, "cpu 3500m")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("three");
        assertThat(planned.message("four")).isEqualTo("needs 4 cpu; queue org has 0 left of its capability 6");
        assertThat(planned.code("seven")).isEqualTo(ReasonCode.ABOVE_CAPABILITY);
    }

    @Test
    void a_capability_of_zero_forbids_and_an_absent_one_does_not() {
        var planned = given().pool("a", 1, "cpu 4, nvidia.com/gpu 4")
                .queue("no-gpu", null, "", "", "nvidia.com/gpu 0")
                .pending("gpu", "no-gpu", 1, "cpu 1, nvidia.com/gpu 1")
                .pending("cpu", "no-gpu", 1, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("cpu");
        assertThat(planned.code("gpu")).isEqualTo(ReasonCode.ABOVE_CAPABILITY);
    }
}
