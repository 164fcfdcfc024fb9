package dev.muster.quota.fragmentation;

import static dev.muster.quota.fragmentation.Cluster.PRICES;
import static dev.muster.quota.fragmentation.Cluster.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What of free room is of no use, and who holds a node with next to nothing. */
class FragmentationTest {
    private static final Load FOURS = Load.of(Map.of(shape(4, 16), 10L));

    @Test
    void a_node_that_the_load_fills_to_the_last_core_strands_nothing() {
        Fragmentation found = Fragmentation.of(new Cluster().nodes(1).snapshot(), FOURS, PRICES);

        assertThat(found.nodes().get(0).stranded()).containsEntry("cpu", 0.0).containsEntry("memory", 0.0);
        assertThat(found.shapes().get(0).largestGang()).isEqualTo(8);
    }

    @Test
    void with_a_daemon_set_a_pod_less_fits_and_the_rest_is_stranded() {
        Cluster cluster = new Cluster().nodes(2, Cluster.NODE, Resources.cpuAndMemory(400, 1L << 30));
        Fragmentation found = Fragmentation.of(cluster.snapshot(), FOURS, PRICES);

        assertThat(found.shapes().get(0).largestGang()).isEqualTo(14);
        assertThat(found.nodes().get(0).stranded().get("cpu")).isEqualTo(3600);
        assertThat(found.pools().get(Cluster.POOL).stranded().get("cpu")).isEqualTo(7200);
    }

    @Test
    void what_is_too_small_for_a_task_is_stranded_by_how_often_such_a_task_comes() {
        // 2 of 32 cpu are free: nothing for tasks of 4, everything for tasks of 1.
        Load mixed = Load.of(Map.of(shape(4, 1), 3L, shape(1, 1), 1L));
        Fragmentation found =
                Fragmentation.of(new Cluster().nodes(1).job(1, 1, 30, 0).snapshot(), mixed, PRICES);

        assertThat(found.nodes().get(0).stranded().get("cpu")).isCloseTo(0.75 * 2000, within(1e-9));
        // 1.6 an hour × what of the node's weighed resources is stranded.
        assertThat(found.nodes().get(0).strandedPrice()).isPositive();
        assertThat(found.pools().get(Cluster.POOL).strandedPrice())
                .isEqualByComparingTo(found.nodes().get(0).strandedPrice());
    }

    @Test
    void a_resource_that_a_task_does_not_ask_for_is_of_no_use_to_it() {
        Resources withGpus = Resources.of(Map.of("cpu", 8000L, "nvidia.com/gpu", 2L));
        Cluster cluster = new Cluster().nodes(1, withGpus, Resources.NONE);
        Shape cpuOnly = new Shape(Resources.of("cpu", 8000), NodeAffinity.ANY, List.of());
        Fragmentation found = Fragmentation.of(cluster.snapshot(), Load.of(Map.of(cpuOnly, 1L)), Map.of());

        assertThat(found.nodes().get(0).stranded())
                .containsEntry("nvidia.com/gpu", 2.0)
                .containsEntry("cpu", 0.0);
        assertThat(found.nodes().get(0).strandedPrice()).isNull();
    }

    @Test
    void where_a_task_may_not_run_all_that_is_free_is_stranded_for_it() {
        Shape elsewhere =
                new Shape(Resources.of("cpu", 1000), NodeAffinity.in("muster.dev/pool", List.of("other")), List.of());
        Fragmentation found =
                Fragmentation.of(new Cluster().nodes(1).snapshot(), Load.of(Map.of(elsewhere, 1L)), PRICES);

        assertThat(found.nodes().get(0).lost()).isEqualTo(1);
        assertThat(found.shapes().get(0).largestGang()).isZero();
    }

    @Test
    void a_node_held_by_one_small_pod_of_many_is_a_tail() {
        Cluster cluster = new Cluster()
                .nodes(4)
                .job(1, 1, 4, 0, 0, 0, 0, 0, 0, 0, 1) // its eighth executor alone on node 1
                .job(2, 2, 4, 2, 3) // a gang of two, each alone
                .job(3, 1, 30, 2);
        Fragmentation found = Fragmentation.of(cluster.snapshot(), FOURS, PRICES);

        assertThat(found.tails())
                .extracting(
                        tail -> tail.node().value() + " " + tail.job().equals(Cluster.job(1)) + " " + tail.elastic())
                .containsExactly("node-1 true true", "node-3 false false");
        assertThat(found.tails()).allSatisfy(tail -> assertThat(tail.price()).isEqualByComparingTo("1.6"));
        assertThat(found.pools().get(Cluster.POOL).tailPrice()).isEqualByComparingTo("3.2");
    }

    @Test
    void a_job_that_fits_on_its_one_node_is_no_tail_however_small() {
        Fragmentation found =
                Fragmentation.of(new Cluster().nodes(1).job(1, 1, 4, 0).snapshot(), FOURS, PRICES);

        assertThat(found.tails()).isEmpty();
    }

    @Test
    void a_node_that_is_not_ready_offers_nothing_and_strands_nothing() {
        Fragmentation found =
                Fragmentation.of(new Cluster().nodes(1).notReady(0).snapshot(), FOURS, PRICES);

        assertThat(found.shapes().get(0).largestGang()).isZero();
        assertThat(found.nodes().get(0).stranded()).isEmpty();
        assertThat(found.pools()).isEmpty();
    }

    @Test
    void without_any_load_nothing_can_be_said_to_be_stranded() {
        Fragmentation found = Fragmentation.of(new Cluster().nodes(2).snapshot(), Load.of(Map.of()), PRICES);

        assertThat(found.tasks()).isZero();
        assertThat(found.nodes()).allSatisfy(node -> assertThat(node.lost()).isZero());
    }

    /** Draws tasks and counts what stays idle: the measure is what is to be expected of that. */
    @Test
    void the_measure_is_what_drawing_tasks_comes_to() {
        Random random = new Random(23);
        Load load = Load.of(Map.of(shape(3, 20), 5L, shape(7, 10), 3L, shape(1, 2), 2L));
        Cluster cluster = new Cluster().nodes(1).job(1, 1, 11, 0);
        NodeRoom room = NodeRoom.of(cluster.snapshot()).values().iterator().next();
        double idle = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            double at = random.nextDouble();
            Shape task = null;
            for (Load.Part part : load.parts()) {
                at -= part.probability();
                if (task == null && at < 0) {
                    task = part.shape();
                }
            }
            long left = room.free().amount("cpu");
            long memory = room.free().amount("memory");
            while (left >= task.pod().amount("cpu") && memory >= task.pod().amount("memory")) {
                left -= task.pod().amount("cpu");
                memory -= task.pod().amount("memory");
            }
            idle += left;
        }
        double measured = Fragmentation.stranded(room, load).get("cpu");
        assertThat(measured).isCloseTo(idle / draws, within(measured * 0.01));
    }
}
