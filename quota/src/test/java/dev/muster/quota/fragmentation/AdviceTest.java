package dev.muster.quota.fragmentation;

import static dev.muster.quota.fragmentation.Cluster.shape;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import org.junit.jupiter.api.Test;

/** A little less of a pod, and one more fits. */
class AdviceTest {
    @Test
    void a_daemon_set_costs_a_pod_and_a_little_less_brings_it_back() {
        assertThat(Advice.of(shape(4, 8), node(800)))
                .contains(
                        "7 of 4 cpu, 8Gi fit a node of 32 cpu, 128Gi of which others take 800m cpu; at 3900m cpu 8 fit");
    }

    @Test
    void where_sizes_divide_the_node_there_is_nothing_to_say() {
        assertThat(Advice.of(shape(4, 8), node(0))).isEmpty();
    }

    @Test
    void nobody_is_told_to_do_with_much_less() {
        assertThat(Advice.of(shape(12, 8), node(0))).isEmpty();
        assertThat(Advice.of(shape(40, 8), node(0))).isEmpty();
    }

    @Test
    void where_memory_is_what_lacks_memory_is_told() {
        assertThat(Advice.of(shape(1, 33), node(0)).orElseThrow()).endsWith("at 32Gi 4 fit");
    }

    private static Node node(long overhead) {
        Resources taken = overhead == 0 ? Resources.NONE : Resources.of("cpu", overhead);
        return new Cluster().nodes(1, Cluster.NODE, taken).snapshot().nodes().get(0);
    }
}
