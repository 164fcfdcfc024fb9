package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.elastic;
import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElasticTest {
    private static Situation oneRuns() {
        return given().pool("a", 5, "cpu 4")
                .queue("etl", null, "", "", "cpu 16")
                .running("spark", "etl", "a-0", 2, "cpu 2")
                .roles("spark", elastic("worker", 2, 20, "cpu 2"))
                .settings(PlanSettings.DEFAULT.withElastic(true));
    }

    private static Map<RoleName, Map<PoolName, Integer>> workers(int count) {
        return Map.of(new RoleName("worker"), Map.of(new PoolName("a"), count));
    }

    @Test
    void a_running_job_grows_into_room_that_nobody_waits_for_as_far_as_its_queue_may() {
        Plan plan = oneRuns().whenPlanned().plan();

        assertThat(plan.acts(Decision.Grow.class)).singleElement().satisfies(grow -> {
            assertThat(grow.pools()).isEqualTo(workers(6));
            assertThat(grow.reason().code()).isEqualTo(ReasonCode.GROWN);
            assertThat(grow.promise().stream().mapToInt(LiveAttempt.Held::count).sum())
                    .isEqualTo(6);
        });
    }

    @Test
    void it_does_not_grow_unless_switched_on_or_while_a_gang_waits_for_nodes() {
        assertThat(oneRuns().settings(PlanSettings.DEFAULT).whenPlanned().plan().decisions())
                .isEmpty();

        var waiting =
                oneRuns().queue("other").pending("big", "other", 5, "cpu 4").whenPlanned();
        assertThat(waiting.plan().acts(Decision.Grow.class)).isEmpty();
    }

    @Test
    void it_grows_beside_a_gang_that_no_zone_could_ever_hold() {
        var planned = given().pool("east", 2, "cpu 4", node -> Situation.inZone(node, "z1"))
                .pool("west", 2, "cpu 4", node -> Situation.inZone(node, "z2"))
                .queue("etl")
                .running("spark", "etl", "east-0", 1, "cpu 4")
                .roles("spark", elastic("worker", 1, 4, "cpu 4"))
                .queue("other")
                .pending("zonal", "other", 3, "cpu 4")
                .traits("zonal", Traits::withOneZone)
                .settings(PlanSettings.DEFAULT.withElastic(true))
                .whenPlanned();

        assertThat(planned.plan().acts(Decision.Grow.class)).hasSize(1);
    }

    @Test
    void gangs_start_before_running_jobs_grow() {
        var planned =
                oneRuns().queue("other").pending("gang", "other", 4, "cpu 4").whenPlanned();

        assertThat(planned.launches()).containsExactly("gang");
        assertThat(planned.plan().acts(Decision.Grow.class)).isEmpty();
    }

    @Test
    void two_jobs_share_what_is_left_by_the_turns_of_their_queues() {
        Plan plan = given().pool("a", 5, "cpu 4")
                .queue("one")
                .queue("two")
                .running("first", "one", "a-0", 1, "cpu 2")
                .roles("first", elastic("worker", 1, 50, "cpu 1"))
                .running("second", "two", "a-0", 1, "cpu 2")
                .roles("second", elastic("worker", 1, 50, "cpu 1"))
                .settings(PlanSettings.DEFAULT.withElastic(true))
                .whenPlanned()
                .plan();

        assertThat(plan.acts(Decision.Grow.class))
                .extracting(grow -> grow.job().value(), Decision.Grow::pools)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("first", workers(9)),
                        org.assertj.core.groups.Tuple.tuple("second", workers(7)));
    }
}
