package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static dev.muster.quota.plan.Situation.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.queue.QueueState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void a_gang_waits_until_all_its_members_fit() {
        var planned = given().pool("spot-a", 11, "cpu 4, memory 18Gi")
                .queue("etl")
                .pending("big", "etl", 20, "cpu 4, memory 18Gi")
                .whenPlanned();

        assertThat(planned.launches()).isEmpty();
        assertThat(planned.code("big")).isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
        assertThat(planned.message("big"))
                .isEqualTo("worker needs 20 × (4 cpu, 18Gi); all pools together, empty, fit 11");
    }

    @Test
    void the_reason_says_how_many_pods_fit_in_which_pool() {
        var planned = given().pool("spot-a", 20, "cpu 4, memory 18Gi")
                .pool("spot-b", 1, "cpu 1, memory 9Gi")
                .queue("etl")
                .running("other", "etl", "spot-a-0", 1, "cpu 2")
                .pending("big", "etl", 20, "cpu 4, memory 18Gi")
                .whenPlanned();

        assertThat(planned.code("big")).isEqualTo(ReasonCode.NODES_FULL);
        assertThat(planned.message("big"))
                .isEqualTo("worker needs 20 × (4 cpu, 18Gi); pool spot-a fits 19, pool spot-b fits 0, 19 in all");
        assertThat(planned.of("big").reason().hint())
                .isEqualTo("Runs when room for 1 more such pods is free in these pools.");
        assertThat(planned.of("big").reason().numbers()).containsEntry("fits.spot-a", "19");
    }

    @Test
    void enough_room_in_pieces_is_called_fragmented() {
        var planned = given().pool("a", 4, "cpu 4")
                .queue("etl")
                .running("r0", "etl", "a-0", 1, "cpu 2")
                .running("r1", "etl", "a-1", 1, "cpu 2")
                .pending("big", "etl", 3, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("big")).isEqualTo(ReasonCode.FRAGMENTED);
    }

    @Test
    void a_gang_prefers_one_pool_and_is_split_only_where_it_must_be() {
        var planned = given().pool("a", 3, "cpu 2")
                .pool("b", 5, "cpu 2")
                .queue("etl")
                .pending("five", "etl", 5, "cpu 2")
                .pending("three", "etl", 3, "cpu 2")
                .whenPlanned();
        assertThat(planned.pools("five")).isEqualTo(Map.of(new PoolName("b"), 5));
        assertThat(planned.pools("three")).isEqualTo(Map.of(new PoolName("a"), 3));

        var split = given().pool("a", 3, "cpu 2")
                .pool("b", 5, "cpu 2")
                .queue("etl")
                .pending("seven", "etl", 7, "cpu 2")
                .whenPlanned();
        assertThat(split.pools("seven")).isEqualTo(Map.of(new PoolName("a"), 3, new PoolName("b"), 4));
    }

    @Test
    void a_gang_without_gpus_leaves_the_gpu_pool_to_others() {
        var planned = given().pool("a-gpu", 4, "cpu 8, nvidia.com/gpu 8")
                .pool("plain", 4, "cpu 8")
                .queue("etl")
                .pending("cpu-only", "etl", 4, "cpu 8")
                .whenPlanned();

        assertThat(planned.pools("cpu-only")).containsOnlyKeys(new PoolName("plain"));
    }

    @Test
    void roles_go_to_the_pools_that_their_affinities_and_tolerations_name() {
        Taint spot = new Taint("spot", "true", TaintEffect.NO_SCHEDULE);
        var planned = given().pool("on-demand", 1, "cpu 8")
                .pool("spot", 4, "cpu 8", node -> Situation.withTaint(node, spot))
                .queue("etl")
                .pending(
                        "spark",
                        "etl",
                        2,
                        ask("driver", 1, "cpu 1", label("pool", "on-demand")),
                        ask(
                                "executor",
                                8,
                                "cpu 4",
                                label("pool", "spot"),
                                new Toleration("spot", Toleration.Operator.EXISTS, null, null)))
                .whenPlanned();

        assertThat(planned.pools("spark", "driver")).isEqualTo(Map.of(new PoolName("on-demand"), 1));
        assertThat(planned.pools("spark", "executor")).isEqualTo(Map.of(new PoolName("spot"), 8));
    }

    @Test
    void a_taint_that_nobody_tolerates_keeps_the_pool_empty() {
        var planned = given().pool(
                        "spot",
                        4,
                        "cpu 8",
                        node -> Situation.withTaint(node, new Taint("spot", "true", TaintEffect.NO_SCHEDULE)))
                .queue("etl")
                .pending("job", "etl", 1, "cpu 1")
                .whenPlanned();

        assertThat(planned.message("job")).isEqualTo("worker matches 0 of 4 nodes");
    }

    @Test
    void preferred_affinity_chooses_the_pool_but_does_not_forbid_others() {
        NodeAffinity likesB = new NodeAffinity(
                List.of(),
                List.of(new NodeAffinity.Preferred(
                        10,
                        new NodeAffinity.Term(List.of(
                                new NodeAffinity.Expression("pool", NodeAffinity.Operator.IN, List.of("b")))))));
        var planned = given().pool("a", 2, "cpu 2")
                .pool("b", 2, "cpu 2")
                .queue("etl")
                .pending("first", "etl", 2, ask("worker", 2, "cpu 2", likesB))
                .pending("second", "etl", 2, ask("worker", 2, "cpu 2", likesB))
                .whenPlanned();

        assertThat(planned.pools("first")).containsOnlyKeys(new PoolName("b"));
        assertThat(planned.pools("second")).containsOnlyKeys(new PoolName("a"));
    }

    @Test
    void the_pod_limit_of_nodes_and_what_others_hold_there_count() {
        var planned = given().pool("a", 2, "cpu 100", node -> Situation.withPods(node, 10, 7))
                .pool("b", 1, "cpu 4", node -> Situation.withOverhead(node, "cpu 1"))
                .queue("etl")
                .pending("seven", "etl", 7, "cpu 1")
                .pending("four", "etl", 2, ask("worker", 1, "cpu 4", label("pool", "b")))
                .pending("nine", "etl", 9, "cpu 1")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("seven");
        assertThat(planned.message("nine"))
                .isEqualTo("worker needs 9 × (1 cpu); pool a fits 2, pool b fits 0, 2 in all");
        assertThat(planned.code("four")).isEqualTo(ReasonCode.NODES_FULL);
    }

    @Test
    void nodes_that_are_not_ready_take_nothing() {
        var planned = given().pool("a", 2, "cpu 4", Situation::notReady)
                .queue("etl")
                .pending("job", "etl", 1, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("job")).isEqualTo(ReasonCode.NODES_FULL);
    }

    @Test
    void room_promised_to_launched_pods_is_not_given_twice() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .launching("first", "etl", "a", 2, "cpu 3")
                .pending("second", "etl", 1, "cpu 2")
                .pending("third", "etl", 2, "cpu 1")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("third");
    }

    @Test
    void a_resource_that_no_node_has_is_named() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("etl", null, "", "", "cpu 100, example.com/fpga 4")
                .pending("typo", "etl", 1, "cpu 1, nvidia.com/gpus 1")
                .pending("fpga", "etl", 1, "cpu 1, example.com/fpga 1")
                .whenPlanned();

        assertThat(planned.message("typo")).isEqualTo("worker asks nvidia.com/gpus, which no node has");
        assertThat(planned.message("fpga")).isEqualTo("worker asks example.com/fpga, which no node has");
    }

    @Test
    void a_job_of_a_draining_or_unknown_queue_is_held() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("top", null, "", "", null, 1, QueueState.DRAINING)
                .queue("etl", "top", "", "", null)
                .queue("shut", null, "", "", null, 1, QueueState.CLOSED)
                .pending("draining", "etl", 1, "cpu 1")
                .pending("lost", "nowhere", 1, "cpu 1")
                .pending("closed", "shut", 1, "cpu 1")
                .whenPlanned();

        assertThat(planned.code("draining")).isEqualTo(ReasonCode.QUEUE_CLOSED);
        assertThat(planned.code("lost")).isEqualTo(ReasonCode.QUEUE_UNKNOWN);
        assertThat(planned.launches()).containsExactly("closed");
    }

    @Test
    void a_pool_in_backoff_is_passed_over() {
        var waits = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .pending("job", "etl", 1, "cpu 1")
                .backoff("job", "a", Duration.ofSeconds(30))
                .whenPlanned();
        assertThat(waits.code("job")).isEqualTo(ReasonCode.BACKOFF);
        assertThat(waits.message("job")).contains("pool a until 2026-01-01T12:00:30Z");

        var elsewhere = given().pool("a", 2, "cpu 4")
                .pool("b", 2, "cpu 4")
                .queue("etl")
                .pending("job", "etl", 1, "cpu 1")
                .backoff("job", "a", Duration.ofSeconds(30))
                .whenPlanned();
        assertThat(elsewhere.pools("job")).containsOnlyKeys(new PoolName("b"));

        var over = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .pending("job", "etl", 1, "cpu 1")
                .backoff("job", "a", Duration.ZERO)
                .whenPlanned();
        assertThat(over.launches()).containsExactly("job");
    }

    @Test
    void a_cycle_launches_no_more_than_it_may() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .pending("one", "etl", 1, "cpu 1")
                .pending("two", "etl", 1, "cpu 1")
                .settings(new PlanSettings(1))
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("one");
        assertThat(planned.code("two")).isEqualTo(ReasonCode.CYCLE_BOUND);
        assertThat(planned.message("two")).isEqualTo("this cycle launched 1 gangs, at most 1: the next one goes on");
    }

    @Test
    void every_pending_job_gets_exactly_one_decision_and_all_its_reasons() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("small", null, "", "", "cpu 2")
                .pending("huge", "small", 4, "cpu 8")
                .pending("fine", "small", 1, "cpu 1")
                .whenPlanned();

        assertThat(planned.plan().decisions()).hasSize(2);
        assertThat(planned.codes("huge"))
                .containsExactly(
                        ReasonCode.PLACEMENT_UNSATISFIABLE, ReasonCode.ABOVE_CAPABILITY, ReasonCode.CAPABILITY_REACHED);
        assertThat(planned.of("fine").reason().message()).isEqualTo("fits: 1 × (1 cpu) worker in pool a");
    }
}
