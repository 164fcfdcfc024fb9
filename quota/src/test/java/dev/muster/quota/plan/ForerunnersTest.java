package dev.muster.quota.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ForerunnersTest {
    private static final Offering SPOT = Offering.parse("spot/spot/z1/m");
    private static final Offering SAME_MARKET = Offering.parse("other/spot/z1/m");
    private static final Offering OTHER = Offering.parse("third/spot/z2/m");

    private static Forerunners.Loss loss(Offering offering, int node, int job) {
        return new Forerunners.Loss(
                new AttemptId(new JobId("job-" + job), 1),
                new RoleName("worker"),
                offering,
                new NodeName(offering.pool() + "-" + node),
                1);
    }

    private static Expansion expansion(Offering offering, int nodes, BreakerState breaker, int within) {
        OfferingSpec spec = new OfferingSpec(
                offering, Resources.cpuAndMemory(4_000, 16L << 30), 110, Map.of(), List.of(), 0, 40, null);
        return new Expansion(spec, nodes, 0, 0, breaker, null, Duration.ofMinutes(10), 1, within);
    }

    private static List<Forerunners.Loss> allowed(List<Forerunners.Loss> losses, int stay, Expansion... expansions) {
        return Forerunners.allowed(losses, offering -> stay, List.of(expansions), PlanSettings.DEFAULT);
    }

    @Test
    void a_node_is_asked_for_at_the_notice_where_breakers_and_the_pool_allow_it() {
        List<Forerunners.Loss> one = List.of(loss(SPOT, 1, 1));
        assertThat(allowed(one, 11, expansion(SPOT, 8, BreakerState.CLOSED, 0))).isEqualTo(one);
        assertThat(allowed(one, 11, expansion(SPOT, 8, BreakerState.OPEN, 1)))
                .as("such as was lost, as any gang might")
                .isEqualTo(one);
        assertThat(allowed(one, 11, expansion(SPOT, 8, BreakerState.OPEN, 0))).isEmpty();
        assertThat(allowed(one, 11, expansion(SPOT, 8, BreakerState.HALF_OPEN, 0)))
                .as("finding out is for gangs that wait")
                .isEmpty();
        assertThat(allowed(one, 11, expansion(SPOT, 0, BreakerState.CLOSED, 0)))
                .as("the pool has all that it may")
                .isEmpty();
        assertThat(allowed(one, 11)).as("nobody knows what it may grow by").isEmpty();
        assertThat(Forerunners.allowed(
                        one,
                        offering -> 11,
                        List.of(expansion(SPOT, 8, BreakerState.CLOSED, 0)),
                        PlanSettings.DEFAULT.with(new PlanSettings.Permits(1, false))))
                .as("the policy says no")
                .isEmpty();
    }

    @Test
    void a_storm_is_asked_for_nothing() {
        List<Forerunners.Loss> three = List.of(loss(SPOT, 1, 1), loss(SPOT, 2, 1), loss(SAME_MARKET, 3, 2));
        Expansion spot = expansion(SPOT, 8, BreakerState.CLOSED, 0);
        Expansion same = expansion(SAME_MARKET, 8, BreakerState.CLOSED, 0);
        assertThat(allowed(three, 7, spot, same)).as("three of ten").isEmpty();
        assertThat(allowed(three, 8, spot, same)).as("three of eleven").isEqualTo(three);
    }

    @Test
    void pools_of_one_market_have_one_breaker_and_one_number_of_nodes_that_were_lost() {
        List<Forerunners.Loss> two = List.of(loss(SPOT, 1, 1), loss(SAME_MARKET, 2, 2));
        assertThat(allowed(
                        two,
                        20,
                        expansion(SPOT, 8, BreakerState.OPEN, 1),
                        expansion(SAME_MARKET, 8, BreakerState.CLOSED, 0)))
                .containsExactly(two.get(0));
    }

    @Test
    void several_gangs_on_one_node_need_one() {
        List<Forerunners.Loss> two = List.of(loss(SPOT, 1, 1), loss(SPOT, 1, 2), loss(SPOT, 2, 3));
        assertThat(allowed(two, 20, expansion(SPOT, 1, BreakerState.CLOSED, 0)))
                .containsExactly(two.get(0), two.get(1));
    }

    @Property(tries = 300)
    void never_more_nodes_than_a_pool_may_grow_by_nor_than_an_open_breaker_lets_pass(@ForAll long seed) {
        Random random = new Random(seed);
        List<Forerunners.Loss> losses = new ArrayList<>();
        List<Offering> offerings = List.of(SPOT, SAME_MARKET, OTHER);
        for (int i = random.nextInt(8); i > 0; i--) {
            losses.add(loss(offerings.get(random.nextInt(3)), random.nextInt(6), i));
        }
        List<Expansion> expansions = offerings.stream()
                .map(offering -> expansion(
                        offering, random.nextInt(5), BreakerState.values()[random.nextInt(3)], random.nextInt(3)))
                .toList();
        List<Forerunners.Loss> allowed =
                Forerunners.allowed(losses, offering -> random.nextInt(20), expansions, PlanSettings.DEFAULT);
        assertThat(losses).containsAll(allowed);
        int ofTheMarket = 0;
        int within = Integer.MAX_VALUE;
        for (Expansion each : expansions) {
            Set<NodeName> nodes = new HashSet<>();
            allowed.stream()
                    .filter(loss -> loss.offering().equals(each.spec().offering()))
                    .forEach(loss -> nodes.add(loss.node()));
            assertThat(nodes.size()).isLessThanOrEqualTo(each.nodes());
            if (each.spec().offering().sharesMarketWith(SPOT)) {
                ofTheMarket += nodes.size();
                within = each.breaker() == BreakerState.OPEN ? Math.min(within, each.within()) : within;
            } else if (each.breaker() != BreakerState.CLOSED) {
                assertThat(nodes.size()).isLessThanOrEqualTo(each.within());
            }
        }
        assertThat(ofTheMarket).isLessThanOrEqualTo(within);
    }
}
