package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which warm nodes a gang needs, so that its pods fit whatever the scheduler does first. */
class WarmRoomTest {
    @Test
    void the_fewest_that_take_its_pods() {
        List<Node> three = List.of(node("a", 4, 0), node("b", 4, 0), node("c", 4, 0));

        assertThat(chosen(new WarmRoom(1, List.of(pod(1))), three)).hasValue(names("a"));
        assertThat(chosen(new WarmRoom(4, List.of(pod(1))), three)).hasValue(names("a"));
        assertThat(chosen(new WarmRoom(5, List.of(pod(1))), three)).hasValue(names("a", "b"));
        assertThat(chosen(new WarmRoom(3, List.of(pod(3))), three)).hasValue(names("a", "b", "c"));
    }

    @Test
    void each_pod_counts_like_the_largest() {
        List<Node> two = List.of(node("a", 4, 0), node("b", 4, 0));

        // Two of 1 might be put onto one node each before the one of 4 comes.
        assertThat(chosen(new WarmRoom(2, List.of(pod(4), pod(1))), two)).hasValue(names("a", "b"));
        assertThat(chosen(new WarmRoom(3, List.of(pod(4), pod(1))), two)).isEmpty();
    }

    @Test
    void what_others_hold_there_and_how_many_pods_a_node_takes_counts() {
        List<Node> two = List.of(node("a", 4, 2), node("b", 4, 0));

        assertThat(chosen(new WarmRoom(1, List.of(pod(1))), two)).hasValue(names("b"));
        assertThat(chosen(new WarmRoom(5, List.of(pod(1))), two)).hasValue(names("a", "b"));
        assertThat(chosen(new WarmRoom(7, List.of(pod(1))), two)).isEmpty();
        assertThat(chosen(new WarmRoom(30, List.of(pod(0))), two)).isEmpty();
    }

    @Test
    void nodes_that_they_may_not_run_on_do_not_count() {
        PodTemplate elsewhere = new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of("cpu", 1000),
                NodeAffinity.in("disk", List.of("ssd")),
                List.of(),
                Map.of(),
                Map.of());

        assertThat(chosen(new WarmRoom(1, List.of(elsewhere)), List.of(node("a", 4, 0))))
                .isEmpty();
        assertThat(chosen(
                        new WarmRoom(1, List.of(pod(1))),
                        List.of(node("a", 4, 0).withReady(false))))
                .isEmpty();
    }

    private static Optional<Set<NodeName>> chosen(WarmRoom room, List<Node> nodes) {
        return room.among(nodes);
    }

    private static Set<NodeName> names(String... names) {
        return List.of(names).stream().map(NodeName::new).collect(Collectors.toSet());
    }

    private static PodTemplate pod(int cpus) {
        return new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                Resources.of("cpu", cpus * 1000L),
                NodeAffinity.ANY,
                List.of(),
                Map.of(),
                Map.of());
    }

    private static Node node(String name, int cpus, int held) {
        return new Node(
                new NodeName(name),
                new PoolName("spot"),
                Map.of(),
                List.of(),
                Resources.of("cpu", cpus * 1000L),
                Resources.of("cpu", held * 1000L),
                12,
                0,
                true);
    }
}
