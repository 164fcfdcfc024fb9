package dev.muster.quota.plan;

import static dev.muster.quota.plan.Situation.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fit.Collocation;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where a gang goes when there is more than one place for it: what the job wishes, what the policy chooses. */
class WishesTest {
    @Test
    void pods_that_wish_to_be_together_use_the_fewest_nodes_of_one_zone() {
        // By fullness alone they would fill the rest of the two that are in use first.
        Situation situation = given().pool("a", 4, "cpu 8", node -> Situation.inZone(node, zone(node.name())))
                .queue("etl")
                .running("r0", "etl", "a-0", 1, "cpu 6")
                .running("r1", "etl", "a-1", 1, "cpu 6");

        assertThat(nodes(situation, wish(Collocation.NONE, 8, "cpu 1")))
                .isEqualTo(Map.of("a-0", 2, "a-1", 2, "a-2", 4));
        assertThat(nodes(situation, wish(Collocation.PACK, 8, "cpu 1"))).isEqualTo(Map.of("a-2", 8));
        // No zone has room for all: the wish does not keep it out.
        assertThat(nodes(situation, wish(Collocation.PACK, 18, "cpu 1")))
                .containsEntry("a-2", 8)
                .containsEntry("a-3", 8);
    }

    @Test
    void pods_that_wish_to_be_apart_lie_on_as_many_nodes_as_there_are() {
        Situation situation = given().pool("a", 4, "cpu 8").queue("etl").running("r0", "etl", "a-0", 1, "cpu 7");

        assertThat(nodes(situation, wish(Collocation.SPREAD, 4, "cpu 1")))
                .isEqualTo(Map.of("a-0", 1, "a-1", 1, "a-2", 1, "a-3", 1));
        assertThat(nodes(situation, wish(Collocation.SPREAD, 7, "cpu 1")))
                .isEqualTo(Map.of("a-0", 1, "a-1", 2, "a-2", 2, "a-3", 2));
        assertThat(nodes(situation, wish(Collocation.SPREAD, 25, "cpu 1")).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(25);
    }

    @Test
    void a_wish_keeps_no_gang_out_that_fits_otherwise() {
        // Spread, the small ones would take room on both nodes, and the large one would find none.
        Situation situation = given().pool("a", 2, "cpu 8").queue("etl");
        Ask large = new Ask(new RoleName("large"), 1, 1, Situation.amounts("cpu 8"), NodeAffinity.ANY, List.of());
        assertThat(nodes(situation, large, wish(Collocation.SPREAD, 8, "cpu 1")))
                .hasSize(2);
    }

    @Test
    void the_reason_tells_the_wish() {
        Situation situation = given().pool("a", 2, "cpu 8").queue("etl");
        situation.pending("job", "etl", 0, wish(Collocation.SPREAD, 2, "cpu 1"));
        assertThat(situation.whenPlanned().message("job"))
                .isEqualTo("fits: 2 × (1 cpu) worker in pool a; worker spread over nodes");
    }

    @Test
    void the_policy_chooses_among_pools_that_are_as_good_as_one_another() {
        Situation situation = given().pool("a", 2, "cpu 8")
                .pool("b", 2, "cpu 8")
                .pool("c", 2, "cpu 16")
                .queue("etl")
                .running("r0", "etl", "b-0", 1, "cpu 4")
                .pending("job", "etl", 2, "cpu 2");
        Map<PoolName, BigDecimal> prices = Map.of(
                new PoolName("a"), new BigDecimal("1.00"),
                new PoolName("b"), new BigDecimal("0.90"),
                new PoolName("c"), new BigDecimal("1.20"));

        assertThat(pool(situation, PoolChoice.AS_LISTED)).isEqualTo("a");
        assertThat(pool(situation, new PoolChoice(PoolChoice.Order.FULLEST))).isEqualTo("b");
        // A node of c costs more, and a quarter of it less than half of one of b.
        assertThat(pool(situation, new PoolChoice(PoolChoice.Order.CHEAPEST, prices)))
                .isEqualTo("c");
        // Without any price there is nothing to go by.
        assertThat(pool(situation, new PoolChoice(PoolChoice.Order.CHEAPEST))).isEqualTo("a");
        situation.settings(PlanSettings.DEFAULT.with(new PoolChoice(PoolChoice.Order.FULLEST)));
        assertThat(situation.whenPlanned().of("job").reason().numbers()).containsEntry("poolChoice", "FULLEST");
        assertThat(situation.whenPlanned().message("job")).endsWith("it is given the fullest first");
    }

    private static String pool(Situation situation, PoolChoice choice) {
        situation.settings(PlanSettings.DEFAULT.with(choice));
        return situation.whenPlanned().pools("job").keySet().iterator().next().value();
    }

    /** Nodes 0 and 2 in one zone, 1 and 3 in the other. */
    private static String zone(NodeName node) {
        return node.value().matches(".*[02]") ? "east" : "west";
    }

    private static Ask wish(Collocation wish, int pods, String each) {
        return new Ask(new RoleName("worker"), pods, pods, Situation.amounts(each), NodeAffinity.ANY, List.of(), wish);
    }

    private static Map<String, Integer> nodes(Situation situation, Ask... asks) {
        situation.pending.clear();
        situation.pending("job", "etl", 0, asks);
        Map<String, Integer> nodes = new TreeMap<>();
        situation.whenPlanned().plan().launches().forEach(launch -> launch.promise()
                .forEach(pods -> nodes.merge(String.valueOf(pods.node()), pods.count(), Integer::sum)));
        return nodes;
    }
}
