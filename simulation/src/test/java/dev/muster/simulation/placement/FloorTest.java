package dev.muster.simulation.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FloorTest {
    private final Floor floor = new Floor(BinpackWeights.VOLCANO);

    @Test
    void the_score_is_the_weighted_mean_of_what_would_be_used() {
        ResourceIndex index = new ResourceIndex();
        Machine machine = new Machine(node("a-0", 10, 100), new Room(), index.capacity(amounts(10, 100)));
        machine.take(index.ask(amounts(2, 30), BinpackWeights.VOLCANO));
        Ask ask = index.ask(amounts(3, 10), BinpackWeights.VOLCANO);
        // ((2+3)/10 + (30+10)/100) / 2 × 100
        assertThat(ask.score(machine, 1)).isEqualTo(45, within(1e-9));
        assertThat(ask.score(machine, 5)).isEqualTo(225, within(1e-9));
        Ask weighted = index.ask(amounts(3, 10), new BinpackWeights(1, Map.of("cpu", 3, "memory", 1), 0));
        assertThat(weighted.score(machine, 1)).isEqualTo(47.5, within(1e-9));
    }

    @Test
    void a_resource_without_a_weight_does_not_count() {
        ResourceIndex index = new ResourceIndex();
        Resources node = Resources.of(Map.of("cpu", 10_000L, "example.com/gpu", 8L));
        Machine machine = new Machine(node("a-0", 1, 1), new Room(), index.capacity(node));
        Ask ask = index.ask(Resources.of(Map.of("cpu", 5000L, "example.com/gpu", 8L)), BinpackWeights.VOLCANO);
        assertThat(ask.score(machine, 1)).isEqualTo(50, within(1e-9));
        Ask none = index.ask(Resources.of("example.com/gpu", 8), BinpackWeights.VOLCANO);
        assertThat(none.score(machine, 1)).isZero();
    }

    @Test
    void the_fullest_node_that_still_fits_is_taken_and_the_first_among_equals() {
        nodes("a", 3, 10);
        take("a-1", 4);
        take("a-2", 8);
        assertThat(placed(demand("a", 1, 3))).containsExactly("a-1");
        assertThat(placed(demand("a", 1, 2))).containsExactly("a-2");
        assertThat(placed(demand("a", 1, 7))).containsExactly("a-0");
        assertThat(placed(demand("a", 4, 3))).containsExactly("a-1", "a-1", "a-0", "a-0");
    }

    @Test
    void asking_takes_nothing() {
        nodes("a", 1, 4);
        assertThat(placed(demand("a", 1, 4))).containsExactly("a-0");
        assertThat(placed(demand("a", 1, 4))).containsExactly("a-0");
        assertThat(floor.request(List.of(demand("a", 1, 4), demand("a", 1, 1))).place())
                .isInstanceOf(Placement.Refused.class);
        assertThat(placed(demand("a", 1, 4))).containsExactly("a-0");
    }

    @Test
    void who_waits_for_what_no_node_offers_yet_fits_when_the_first_comes_that_does() {
        Request request = floor.request(List.of(demand("a", 2, 3)));
        assertThat(request.place()).isInstanceOf(Placement.Refused.class);
        nodes("a", 1, 10);
        floor.count();
        assertThat(request.mayFit()).isTrue();
        assertThat(request.place()).isInstanceOf(Placement.Fits.class);
    }

    @Test
    void the_second_role_sees_what_the_first_took() {
        nodes("a", 2, 4);
        assertThat(placed(demand("a", 1, 3), demand("a", 1, 1), demand("a", 1, 4)))
                .containsExactly("a-0", "a-0", "a-1");
    }

    @Test
    void a_refusal_says_what_was_needed_what_fit_and_what_each_node_lacks() {
        nodes("a", 3, 10);
        take("a-0", 9);
        floor.put(notReady("a-1"));
        String message = refused(demand("a", 9, 3));
        assertThat(message)
                .isEqualTo("6/9 tasks in gang unschedulable: role worker needs 9 × (cpu 3) in pool a; fits 3. "
                        + "0/3 nodes are available: 2 Insufficient cpu, 1 node(s) were not ready");
    }

    @Test
    void a_refusal_names_taints_affinities_and_full_nodes() {
        floor.put(new Node(
                new NodeName("a-0"),
                new PoolName("a"),
                Map.of(),
                List.of(new Taint("spot", "yes", TaintEffect.NO_EXECUTE)),
                Resources.of("cpu", 9000),
                Resources.NONE,
                9,
                0,
                true));
        assertThat(refused(demand("a", 1, 1))).contains("1 node(s) had untolerated taint {spot: yes}");
        NodeAffinity ssd = required("disk", "ssd");
        assertThat(refused(new Demand(
                        new RoleName("worker"), new PoolName("a"), 1, Resources.of("cpu", 1), ssd, List.of())))
                .contains("1 node(s) didn't match Pod's node affinity/selector");
        nodes("b", 1, 100);
        assertThat(refused(demand("b", 111, 0))).contains("fits 110").contains("1 Too many pods");
        assertThat(refused(demand("nowhere", 1, 1))).endsWith("in pool nowhere; fits 0. 0/0 nodes are available");
    }

    @Test
    void a_resource_that_no_node_has_fits_nowhere() {
        nodes("a", 1, 10);
        Demand demand = new Demand(
                new RoleName("worker"),
                new PoolName("a"),
                1,
                Resources.of("example.com/unheard-of", 1),
                NodeAffinity.ANY,
                List.of());
        assertThat(refused(demand)).contains("Insufficient example.com/unheard-of");
    }

    @Test
    void a_preferred_node_wins_over_a_slightly_fuller_one_and_a_named_one_is_found() {
        nodes("a", 3, 10);
        NodeAffinity prefersLast = new NodeAffinity(
                List.of(),
                List.of(new NodeAffinity.Preferred(
                        10, required("kubernetes.io/hostname", "a-2").required().get(0))));
        assertThat(placed(demand("a", 2, 6, prefersLast))).containsExactly("a-2", "a-0");
        assertThat(placed(demand("a", 1, 6, required("kubernetes.io/hostname", "a-1"))))
                .containsExactly("a-1");
    }

    @Test
    void a_node_that_shrank_keeps_its_pods_and_takes_no_more() {
        nodes("a", 1, 10);
        Seat seat = floor.seat(new NodeName("a-0"), Resources.of("cpu", 8000));
        floor.put(node("a-0", 4, 4));
        assertThat(refused(demand("a", 1, 1))).contains("Insufficient cpu");
        floor.leave(Objects.requireNonNull(seat));
        assertThat(placed(demand("a", 1, 4))).containsExactly("a-0");
    }

    @Test
    void nodes_are_told_by_pool_and_number() {
        for (String name : List.of("b-1", "a-10", "a-2", "b-0", "a-0")) {
            floor.put(node(name, 1, 1));
        }
        assertThat(floor.nodes())
                .extracting(node -> node.name().value())
                .containsExactly("a-0", "a-2", "a-10", "b-0", "b-1");
    }

    @Test
    void a_refused_request_asks_again_only_when_enough_room_may_have_come() {
        nodes("a", 2, 10);
        Seat first = Objects.requireNonNull(floor.seat(new NodeName("a-0"), Resources.of("cpu", 8000)));
        Seat second = Objects.requireNonNull(floor.seat(new NodeName("a-1"), Resources.of("cpu", 9000)));
        Request request = floor.request(List.of(demand("a", 4, 4)));
        assertThat(request.mayFit()).isTrue();
        assertThat(request.place()).isInstanceOf(Placement.Refused.class);
        assertThat(request.mayFit()).isFalse();
        floor.leave(first);
        floor.count();
        assertThat(request.mayFit()).as("two of four").isFalse();
        floor.leave(second);
        floor.count();
        assertThat(request.mayFit()).isTrue();
        assertThat(request.place()).isInstanceOf(Placement.Fits.class);
    }

    @Test
    void a_refused_request_asks_again_when_nodes_change() {
        nodes("a", 1, 1);
        Request request = floor.request(List.of(demand("a", 1, 4)));
        assertThat(request.place()).isInstanceOf(Placement.Refused.class);
        assertThat(request.mayFit()).isFalse();
        nodes("b", 1, 9);
        floor.count();
        assertThat(request.mayFit()).as("another pool").isFalse();
        floor.put(node("a-0", 9, 9));
        floor.count();
        assertThat(request.mayFit()).isTrue();
        Request nowhere = floor.request(List.of(demand("c", 1, 1)));
        assertThat(nowhere.place()).isInstanceOf(Placement.Refused.class);
        assertThat(nowhere.mayFit()).isFalse();
        nodes("c", 1, 9);
        floor.count();
        assertThat(nowhere.mayFit()).isTrue();
    }

    private void nodes(String pool, int count, int cpus) {
        for (int i = 0; i < count; i++) {
            floor.put(node(pool + "-" + i, cpus, cpus));
        }
    }

    private void take(String node, int cpus) {
        floor.seat(new NodeName(node), Resources.of("cpu", cpus * 1000L));
    }

    private List<String> placed(Demand... demands) {
        Placement placement = floor.request(List.of(demands)).place();
        assertThat(placement).isInstanceOf(Placement.Fits.class);
        return ((Placement.Fits) placement)
                .nodes().stream().map(NodeName::value).toList();
    }

    private String refused(Demand demand) {
        Request request = floor.request(List.of(demand));
        assertThat(request.place()).isInstanceOf(Placement.Refused.class);
        return request.explanation();
    }

    private static Demand demand(String pool, int pods, int cpus) {
        return demand(pool, pods, cpus, NodeAffinity.ANY);
    }

    private static Demand demand(String pool, int pods, int cpus, NodeAffinity affinity) {
        return new Demand(
                new RoleName("worker"),
                new PoolName(pool),
                pods,
                Resources.of("cpu", cpus * 1000L),
                affinity,
                List.of());
    }

    private static NodeAffinity required(String label, String value) {
        return new NodeAffinity(
                List.of(new NodeAffinity.Term(
                        List.of(new NodeAffinity.Expression(label, NodeAffinity.Operator.IN, List.of(value))))),
                List.of());
    }

    private static Node node(String name, int cpus, long memory) {
        return new Node(
                new NodeName(name),
                new PoolName(name.substring(0, name.lastIndexOf('-'))),
                Map.of("kubernetes.io/hostname", name),
                List.of(),
                amounts(cpus, memory),
                Resources.NONE,
                110,
                0,
                true);
    }

    private static Node notReady(String name) {
        Node node = node(name, 10, 10);
        return new Node(
                node.name(), node.pool(), node.labels(), List.of(), node.allocatable(), Resources.NONE, 110, 0, false);
    }

    private static Resources amounts(int cpus, long memory) {
        return Resources.cpuAndMemory(cpus * 1000L, memory);
    }
}
