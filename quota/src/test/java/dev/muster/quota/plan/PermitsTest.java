package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.ask;
import static dev.muster.quota.plan.Situation.given;
import static dev.muster.quota.plan.Situation.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private static UnaryOperator<Expansion> breaker(BreakerState state, int holders) {
        return each -> new Expansion(
                each.spec(),
                each.nodes(),
                each.asked(),
                holders,
                state,
                state == BreakerState.OPEN ? Situation.NOON.plusSeconds(180) : null,
                each.deadline(),
                each.success(),
                0);
    }

    private static UnaryOperator<Expansion> doubtful(int within, BreakerState state) {
        return each -> new Expansion(
                each.spec(),
                each.nodes(),
                0,
                0,
                state,
                Situation.NOON.plusSeconds(180),
                each.deadline(),
                each.success(),
                within);
    }

    private static UnaryOperator<Expansion> price(String price, double success) {
        return each -> new Expansion(
                new OfferingSpec(
                        each.spec().offering(),
                        each.spec().resources(),
                        each.spec().maxPods(),
                        each.spec().labels(),
                        each.spec().taints(),
                        each.spec().min(),
                        each.spec().max(),
                        new BigDecimal(price)),
                each.nodes(),
                0,
                0,
                BreakerState.CLOSED,
                null,
                each.deadline(),
                success,
                0);
    }

    private static List<Permit> permits(Situation.Planned planned, String job) {
        return ((Decision.Launch) planned.of(job)).permits();
    }

    private static Permit permit(String offering, int nodes) {
        return new Permit(Offering.parse(offering), nodes, DEADLINE);
    }

    @Test
    void of_two_gangs_on_room_for_one_and_a_half_one_asks_and_the_other_holds_nothing() {
        var planned = given().queue("etl")
                .growing("spot", "spot/z1/m", 6, "cpu 4")
                .pending("first", "etl", 4, "cpu 4")
                .pending("second", "etl", 4, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("first");
        assertThat(permits(planned, "first")).containsExactly(permit("spot/spot/z1/m", 4));
        assertThat(planned.code("first")).isEqualTo(ReasonCode.SCALES_UP);
        assertThat(planned.message("first"))
                .isEqualTo(
                        "may ask for 4 more nodes of spot/spot/z1/m within 600 s; then it fits: 4 × (4 cpu) worker in pool spot");
        assertThat(planned.code("second")).isEqualTo(ReasonCode.PERMIT_OF_OTHERS);
        assertThat(planned.message("second"))
                .isEqualTo("would fit with more nodes, but 1 gang waits for nodes of spot/spot/z1/m");
    }

    @Test
    void room_that_is_there_is_used_and_only_the_rest_is_asked_for() {
        var planned = given().pool("a", 3, "cpu 4")
                .queue("etl")
                .running("r", "etl", "a-0", 1, "cpu 4")
                .growing("a", "spot/z1/m", 6, "cpu 4")
                .pending("gang", "etl", 5, "cpu 4")
                .whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("a/spot/z1/m", 3));
        assertThat(((Decision.Launch) planned.of("gang")).promise())
                .extracting(held -> held.node() == null ? "" : held.node().value(), LiveAttempt.Held::count)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a-1", 1),
                        org.assertj.core.groups.Tuple.tuple("a-2", 1),
                        org.assertj.core.groups.Tuple.tuple("", 3));
    }

    @Test
    void a_gang_that_fits_now_needs_no_permit() {
        var planned = given().pool("a", 1, "cpu 4")
                .queue("etl")
                .growing("a", "spot/z1/m", 6, "cpu 4", breaker(BreakerState.OPEN, 0))
                .pending("gang", "etl", 1, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("gang")).isEqualTo(ReasonCode.FITS);
        assertThat(permits(planned, "gang")).isEmpty();
    }

    @Test
    void a_later_gang_passes_on_room_that_the_holder_does_not_need() {
        var planned = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .growing("b", "spot/z1/m", 6, "cpu 8")
                .pending("large", "etl", 3, "cpu 8")
                .pending("small", "etl", 2, "cpu 4")
                .pending("third", "etl", 1, "cpu 8")
                .whenPlanned();

        assertThat(planned.launches()).containsExactlyInAnyOrder("small", "large");
        assertThat(planned.code("third")).isEqualTo(ReasonCode.PERMIT_OF_OTHERS);
    }

    @Test
    void an_open_breaker_lets_nobody_ask_and_the_next_offering_is_taken() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4", breaker(BreakerState.OPEN, 0))
                .growing("a", "spot/z2/m", 9, "cpu 4")
                .pending("gang", "etl", 4, "cpu 4")
                .whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("a/spot/z2/m", 4));
    }

    @Test
    void lost_nodes_may_be_asked_for_although_the_breaker_is_open() {
        for (int within : new int[] {0, 1, 2}) {
            var planned = given().pool("a", 3, "cpu 4")
                    .queue("etl")
                    .growing("a", "spot/z1/m", 9, "cpu 4", doubtful(within, BreakerState.OPEN))
                    .pending("gang", "etl", 4, "cpu 4")
                    .pending("large", "etl", 6, "cpu 4")
                    .whenPlanned();
            assertThat(planned.code("large")).isNotEqualTo(ReasonCode.SCALES_UP);
            assertThat(planned.code("gang")).isEqualTo(within == 0 ? ReasonCode.BREAKER_OPEN : ReasonCode.SCALES_UP);
        }
    }

    @Test
    void of_a_doubtful_offering_nobody_asks_who_could_wait_for_nodes_in_use() {
        var planned = given().pool("a", 4, "cpu 4")
                .queue("etl")
                .running("r", "etl", "a-0", 1, "cpu 4")
                .growing("a", "spot/z1/m", 9, "cpu 4", doubtful(0, BreakerState.HALF_OPEN))
                .pending("gang", "etl", 4, "cpu 4")
                .whenPlanned();
        assertThat(planned.code("gang")).isEqualTo(ReasonCode.BREAKER_OPEN);
        assertThat(planned.message("gang"))
                .startsWith(
                        "would fit with more nodes, but waits for such as others use: of the nodes asked for of a/spot/z1/m too few came of late");
        var larger = given().pool("a", 4, "cpu 4")
                .queue("etl")
                .running("r", "etl", "a-0", 1, "cpu 4")
                .growing("a", "spot/z1/m", 9, "cpu 4", doubtful(0, BreakerState.HALF_OPEN))
                .pending("gang", "etl", 5, "cpu 4")
                .whenPlanned();
        assertThat(permits(larger, "gang")).containsExactly(permit("a/spot/z1/m", 2));
    }

    @Test
    void where_all_breakers_are_open_the_reason_says_which_and_until_when() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4", breaker(BreakerState.OPEN, 0))
                .pending("gang", "etl", 4, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("gang")).isEqualTo(ReasonCode.BREAKER_OPEN);
        assertThat(planned.message("gang"))
                .isEqualTo(
                        "would fit with more nodes, but none are asked for: the breaker of a/spot/z1/m is open until 2026-01-01T12:03:00Z");
    }

    @Test
    void a_half_open_breaker_lets_one_gang_find_out() {
        var settings = PlanSettings.DEFAULT.with(new PlanSettings.Permits(5));
        Situation situation = given().settings(settings)
                .queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4", breaker(BreakerState.HALF_OPEN, 0))
                .pending("one", "etl", 2, "cpu 4")
                .pending("two", "etl", 2, "cpu 4");

        assertThat(situation.whenPlanned().launches()).containsExactly("one");
    }

    @Test
    void several_ask_at_once_where_the_policy_says_so() {
        var planned = given().settings(PlanSettings.DEFAULT.with(new PlanSettings.Permits(2)))
                .queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4")
                .pending("one", "etl", 2, "cpu 4")
                .pending("two", "etl", 2, "cpu 4")
                .pending("three", "etl", 2, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("one", "two");
        assertThat(planned.code("three")).isEqualTo(ReasonCode.PERMIT_OF_OTHERS);
    }

    @Test
    void gangs_that_ask_different_offerings_ask_at_once() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 4, "cpu 4")
                .growing("b", "spot/z2/m", 4, "cpu 4")
                .pending("one", "etl", 3, "cpu 4")
                .pending("two", "etl", 3, "cpu 4")
                .whenPlanned();

        assertThat(planned.launches()).containsExactly("one", "two");
    }

    @Test
    void pools_that_a_provider_serves_from_the_same_stock_are_asked_by_one_gang() {
        Situation situation = given().queue("etl")
                .growing("a", "spot/z1/m", 4, "cpu 4")
                .growing("b", "spot/z1/m", 4, "cpu 4")
                .pending("one", "etl", 3, "cpu 4")
                .pending("two", "etl", 3, "cpu 4");

        var planned = situation.whenPlanned();
        assertThat(planned.launches()).containsExactly("one");
        assertThat(planned.code("two")).isEqualTo(ReasonCode.PERMIT_OF_OTHERS);
    }

    @Test
    void what_one_pool_has_met_of_a_market_the_others_need_not_find_out() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 4, "cpu 4")
                .growing("b", "spot/z1/m", 4, "cpu 4", breaker(BreakerState.OPEN, 0))
                .pending("one", "etl", 3, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("one")).isEqualTo(ReasonCode.BREAKER_OPEN);
    }

    @Test
    void the_cheapest_node_that_is_likely_to_come_is_asked_for() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4", price("1", 0.2))
                .growing("a", "spot/z2/m", 9, "cpu 4", price("2", 0.9))
                .growing("b", "on-demand/z1/m", 9, "cpu 4", price("5", 1))
                .pending("gang", "etl", 4, "cpu 4")
                .whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("a/spot/z2/m", 4));
    }

    @Test
    void what_a_job_prefers_goes_before_the_price() {
        var affinity = new dev.muster.quota.node.NodeAffinity(
                List.of(),
                List.of(new dev.muster.quota.node.NodeAffinity.Preferred(
                        10, label("pool", "b").required().get(0))));
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 9, "cpu 4", price("1", 1))
                .growing("b", "on-demand/z1/m", 9, "cpu 4", price("5", 1))
                .pending("gang", "etl", 2, ask("worker", 4, "cpu 4", affinity))
                .whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("b/on-demand/z1/m", 4));
    }

    @Test
    void a_gang_larger_than_one_offering_takes_permits_of_several_or_of_none() {
        Situation situation = given().queue("etl")
                .growing("a", "spot/z1/m", 2, "cpu 4")
                .growing("a", "spot/z2/m", 2, "cpu 4")
                .pending("gang", "etl", 4, "cpu 4")
                .pending("larger", "etl", 5, "cpu 4");

        var planned = situation.whenPlanned();
        assertThat(permits(planned, "gang"))
                .containsExactlyInAnyOrder(permit("a/spot/z1/m", 2), permit("a/spot/z2/m", 2));
        assertThat(planned.code("larger")).isEqualTo(ReasonCode.PLACEMENT_UNSATISFIABLE);
    }

    @Test
    void a_gang_in_one_zone_grows_in_one_zone() {
        var planned = given().queue("etl")
                .growing("a", "spot/z1/m", 3, "cpu 4")
                .growing("a", "spot/z2/m", 4, "cpu 4")
                .pending("gang", "etl", 4, "cpu 4")
                .traits("gang", Traits::withOneZone)
                .whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("a/spot/z2/m", 4));
    }

    @Test
    void a_role_that_must_stay_off_spot_grows_elsewhere() {
        var planned = given().queue("etl")
                .growing("spot", "spot/z1/m", 9, "cpu 4")
                .growing("safe", "on-demand/z1/m", 9, "cpu 4")
                .pending(
                        "gang",
                        "etl",
                        2,
                        ask("driver", 1, "cpu 4", label("pool", "safe")),
                        ask("executor", 3, "cpu 4", label("pool", "spot")))
                .whenPlanned();

        assertThat(permits(planned, "gang"))
                .containsExactlyInAnyOrder(permit("safe/on-demand/z1/m", 1), permit("spot/spot/z1/m", 3));
    }

    @Test
    void quota_counts_for_what_is_asked() {
        var planned = given().queue("etl", null, "", "", "cpu 10")
                .growing("a", "spot/z1/m", 9, "cpu 4")
                .pending("gang", "etl", 3, "cpu 4")
                .whenPlanned();

        assertThat(planned.code("gang")).isEqualTo(ReasonCode.ABOVE_CAPABILITY);
    }

    @Test
    void a_holder_gets_room_of_its_pool_that_comes_free_meanwhile() {
        Situation before = given().pool("a", 2, "cpu 4")
                .queue("etl")
                .running("r", "etl", "a-0", 1, "cpu 4")
                .running("s", "etl", "a-1", 1, "cpu 4")
                .growing("a", "spot/z1/m", 6, "cpu 4")
                .pending("gang", "etl", 3, "cpu 4")
                .pending("small", "etl", 1, "cpu 4");
        Situation after = Aftermath.of(before, before.whenPlanned().plan());
        after.live.removeIf(attempt -> attempt.id().job().value().equals("r"));

        var planned = after.whenPlanned();
        assertThat(planned.launches()).isEmpty();
        assertThat(planned.code("small")).isEqualTo(ReasonCode.PERMIT_OF_OTHERS);
    }

    @Test
    void a_node_with_the_name_of_one_that_may_come_is_another_node() {
        Situation situation = given().queue("etl").growing("a", "spot/z1/m", 2, "cpu 4");
        situation.pool(
                "a",
                1,
                "cpu 1",
                node -> new dev.muster.quota.node.Node(
                        new NodeName("coming-0-0"),
                        node.pool(),
                        node.labels(),
                        node.taints(),
                        node.allocatable(),
                        node.overhead(),
                        node.maxPods(),
                        0,
                        true));
        var planned = situation.pending("gang", "etl", 2, "cpu 4").whenPlanned();

        assertThat(permits(planned, "gang")).containsExactly(permit("a/spot/z1/m", 2));
    }
}
