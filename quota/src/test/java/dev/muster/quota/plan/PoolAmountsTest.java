package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.amounts;
import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static dev.muster.quota.plan.Situation.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.queue.PoolAmounts;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolAmountsTest {
    private static final PoolName SPOT = new PoolName("spot");

    private static Situation with(Situation situation, String queue, PoolAmounts spot) {
        situation.queues.replaceAll(
                each -> each.name().value().equals(queue) ? each.withPools(Map.of(SPOT, spot)) : each);
        return situation;
    }

    private static PoolAmounts atMost(String most) {
        return new PoolAmounts(Resources.NONE, null, amounts(most));
    }

    @Test
    void a_gang_takes_of_a_pool_what_its_queue_may_hold_there_and_the_rest_elsewhere() {
        Situation situation = given().pool("spot", 2, "cpu 4")
                .pool("steady", 1, "cpu 4")
                .queue("etl")
                .pending("wide", "etl", 5, "cpu 1");
        assertThat(situation.whenPlanned().pools("wide")).isEqualTo(Map.of(SPOT, 5));

        assertThat(with(situation, "etl", atMost("cpu 3")).whenPlanned().pools("wide"))
                .isEqualTo(Map.of(SPOT, 3, new PoolName("steady"), 2));
    }

    @Test
    void a_job_that_the_pool_has_room_for_but_its_queue_has_not_is_told_so_and_holds_no_nodes() {
        var planned = with(
                        given().pool("spot", 2, "cpu 4")
                                .queue("etl")
                                .queue("other")
                                .running("old", "etl", "spot-0", 1, "cpu 2")
                                .pending("two-pools", "etl", 3, "cpu 1")
                                .pending("one-pool", "etl", 2, ask("worker", 3, "cpu 1", label("pool", "spot")))
                                .pending("free", "other", 6, "cpu 1"),
                        "etl",
                        atMost("cpu 4"))
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("free");
        assertThat(planned.codes("one-pool")).contains(ReasonCode.CAPABILITY_REACHED);
        assertThat(planned.of("one-pool").reason().message())
                .isEqualTo("needs 3 cpu in pool spot; queue etl has 2 left of its capability 4");
        assertThat(planned.of("one-pool").reason().numbers())
                .containsEntry("asked.cpu.spot", "3")
                .containsEntry("used.cpu.spot", "2")
                .containsEntry("available.cpu.spot", "2");
    }

    @Test
    void of_several_pools_the_reason_says_what_the_queue_may_start_in_each() {
        var planned = with(
                        given().pool("spot", 2, "cpu 4")
                                .pool("steady", 1, "cpu 2")
                                .queue("etl")
                                .pending("wide", "etl", 5, "cpu 1"),
                        "etl",
                        atMost("cpu 2"))
                .whenPlanned();

        assertThat(planned.code("wide")).isEqualTo(ReasonCode.CAPABILITY_REACHED);
        assertThat(planned.message("wide"))
                .isEqualTo(
                        "worker needs 5 × (1 cpu); queue etl may start at most 2 in pool spot, at most 2 in pool steady");
    }

    @Test
    void a_gang_that_its_queue_may_never_hold_in_its_only_pool_is_told_so() {
        Situation situation = with(
                given().pool("spot", 2, "cpu 4")
                        .queue("etl")
                        .pending("big", "etl", 2, ask("worker", 3, "cpu 1", label("pool", "spot"))),
                "etl",
                atMost("cpu 2"));

        assertThat(situation.whenPlanned().code("big")).isEqualTo(ReasonCode.ABOVE_CAPABILITY);
        assertThat(Feasibility.of(situation.queues, situation.nodes)
                        .check(
                                situation.pending.get(0).roles(),
                                situation.queues.get(0).name()))
                .singleElement()
                .satisfies(reason -> assertThat(reason.message())
                        .isEqualTo("needs 3 cpu in pool spot; queue etl may hold 2 at most"));
    }

    @Test
    void an_idle_guarantee_of_a_pool_is_kept_in_that_pool() {
        var planned = with(
                        given().pool("spot", 1, "cpu 4")
                                .pool("steady", 1, "cpu 4")
                                .queue("owner")
                                .queue("guest")
                                .pending("any", "guest", 4, "cpu 1")
                                .pending("only-spot", "guest", 2, ask("worker", 2, "cpu 1", label("pool", "spot"))),
                        "owner",
                        new PoolAmounts(amounts("cpu 3"), null, null))
                .whenPlanned();

        assertThat(planned.pools("any")).isEqualTo(Map.of(new PoolName("steady"), 4));
        assertThat(planned.code("only-spot")).isEqualTo(ReasonCode.GUARANTEE_OF_OTHERS);
        assertThat(planned.message("only-spot"))
                .isEqualTo("needs 2 cpu; of what is free in pool spot (4), 3 is kept for idle guarantees of others");
    }

    @Test
    void a_pool_without_ready_nodes_stands_in_nobody_s_way() {
        Situation situation = with(
                given().pool("spot", 1, "cpu 4", Situation::notReady)
                        .pool("steady", 1, "cpu 4")
                        .queue("etl")
                        .queue("other")
                        .pending("only-spot", "other", 2, ask("worker", 1, "cpu 1", label("pool", "spot")))
                        .pending("any", "etl", 4, "cpu 1"),
                "etl",
                new PoolAmounts(amounts("cpu 1"), amounts("cpu 1"), amounts("cpu 2")));

        assertThat(situation.whenPlanned().launches()).containsExactly("any");
        assertThat(situation.whenPlanned().codes("only-spot")).contains(ReasonCode.NODES_FULL);
        assertThat(JobPlaces.in(situation.snapshot())
                        .of(new JobId("only-spot"))
                        .orElseThrow()
                        .shares())
                .allSatisfy(share -> assertThat(share.value()).isNotNaN());
    }

    @Test
    void what_is_deserved_in_a_pool_limits_who_takes_back_and_from_whom() {
        Situation situation = given().pool("spot", 1, "cpu 4")
                .queue("owner", null, "", "cpu 4", null)
                .queue("guest")
                .running("g", "guest", "spot-0", 1, "cpu 4")
                .roles("g", ask("worker", 1, "cpu 4"))
                .pending("train", "owner", 2, ask("worker", 1, "cpu 4", label("pool", "spot")))
                .settings(PlanSettings.DEFAULT.with(PlanSettings.Eviction.ON));
        assertThat(situation.whenPlanned().plan().acts(Decision.Evict.class)).hasSize(1);

        PoolAmounts deserves = new PoolAmounts(Resources.NONE, amounts("cpu 2"), null);
        assertThat(with(situation, "owner", deserves).whenPlanned().plan().acts(Decision.Evict.class))
                .isEmpty();
        with(situation, "owner", new PoolAmounts(Resources.NONE, null, null));
        PoolAmounts within = new PoolAmounts(Resources.NONE, amounts("cpu 4"), null);
        assertThat(with(situation, "guest", within).whenPlanned().plan().acts(Decision.Evict.class))
                .isEmpty();
    }
}
