package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static dev.muster.quota.plan.Situation.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.QueueName;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeasibilityTest {
    private final Situation cluster = given().pool("a", 30, "cpu 8, memory 32Gi")
            .pool("gpu", 10, "cpu 16, memory 64Gi, nvidia.com/gpu 8")
            .queue("org", null, "", "", "cpu 100")
            .queue("team", "org", "", "", null);

    private List<Reason> check(Ask... asks) {
        return Feasibility.check(List.of(asks), new QueueName("team"), cluster.queues, cluster.nodes);
    }

    @Test
    void a_gang_that_fits_on_empty_nodes_is_accepted() {
        assertThat(check(ask("driver", 1, "cpu 1"), ask("executor", 20, "cpu 4, memory 18Gi")))
                .isEmpty();
    }

    @Test
    void an_affinity_that_no_node_matches_is_refused_with_the_count() {
        assertThat(check(ask("worker", 1, "cpu 1", label("pool", "gpus"))))
                .extracting(Reason::message)
                .containsExactly("worker matches 0 of 40 nodes");
    }

    @Test
    void a_pod_larger_than_every_node_is_refused_with_the_largest() {
        assertThat(check(ask("worker", 1, "cpu 17"))).first().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
            assertThat(reason.message()).contains("no single one of the 40 nodes");
            assertThat(reason.hint()).contains("16 cpu");
        });
    }

    @Test
    void a_gang_larger_than_all_pools_together_is_refused() {
        assertThat(check(ask("worker", 11, "nvidia.com/gpu 8")))
                .extracting(Reason::message)
                .containsExactly("worker needs 11 × (8 nvidia.com/gpu); all pools together, empty, fit 10");
        assertThat(check(ask("one", 6, "nvidia.com/gpu 8"), ask("two", 6, "nvidia.com/gpu 8")))
                .extracting(Reason::message)
                .containsExactly("the gang needs 96 nvidia.com/gpu; all pools together, empty, have 80");
    }

    @Test
    void a_gang_above_the_capability_of_an_ancestor_is_refused_with_its_name() {
        assertThat(check(ask("worker", 13, "cpu 8")))
                .extracting(Reason::message)
                .containsExactly("needs 104 cpu; queue org may hold 100 at most");
    }

    @Test
    void absurd_amounts_are_refused_and_do_not_overflow() {
        assertThat(check(ask("worker", Integer.MAX_VALUE, "cpu 9223372036854775, memory 7Ei")))
                .extracting(Reason::code)
                .contains(ReasonCode.PLACEMENT_UNSATISFIABLE, ReasonCode.ABOVE_CAPABILITY);
    }

    @Test
    void a_cluster_without_nodes_matches_nothing() {
        assertThat(Feasibility.check(
                        List.of(ask("worker", 1, "cpu 1")), new QueueName("team"), cluster.queues, List.of()))
                .extracting(Reason::code)
                .containsExactly(ReasonCode.PLACEMENT_UNSATISFIABLE);
    }
}
