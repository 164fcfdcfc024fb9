package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.WarmNodes;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that are kept warm ask for nodes and hold them, take room from nobody, and go before a gang comes. */
@ClusterTest
class WarmthClusterIT {
    private final TestCluster testCluster;
    private SparkSite spark;

    WarmthClusterIT(TestCluster testCluster) {
        this.testCluster = testCluster;
    }

    @AfterEach
    void take_it_away() {
        spark.cluster.keepWarm(List.of());
        spark.close();
    }

    @Test
    void warm_nodes_are_held_and_asked_for_and_given_to_a_gang_at_once() {
        spark = new SparkSite(testCluster, 1);
        SparkSite.until(() -> {
            spark.cluster.keepWarm(warm(2));
            return pods().size() == 2 && bound() == 1;
        });
        assertThat(pods()).as("the other asks for a node").anyMatch(WarmthClusterIT::isUnschedulable);
        assertThat(spark.cluster.nodes())
                .as("its room is free")
                .allSatisfy(node -> assertThat(node.overhead().isZero()).isTrue());

        spark.cluster.launch(SparkSite.gang(1));
        SparkSite.until(() -> pods().isEmpty() && spark.running() == 1);
        spark.cluster.keepWarm(warm(2));
        assertThat(pods()).as("not before the gang has had time to be bound").isEmpty();
    }

    @Test
    void only_as_many_go_as_the_gang_needs() {
        spark = new SparkSite(testCluster, 1);
        for (int i = 0; i < 2; i++) {
            spark.site.node(
                    new ContractSite.NodeLike("blue", Map.of("cpu", "2", "memory", "64Gi"), Map.of(), List.of(), 11));
        }
        SparkSite.until(() -> {
            spark.cluster.keepWarm(warm(3));
            // The cluster has heard of all of them, too: no node is idle to it.
            return bound() == 3
                    && spark.cluster.nodes().size() == 3
                    && spark.cluster.autoscaling().idle().isEmpty();
        });

        // A driver and an executor of 1 cpu each, on nodes of 2.
        spark.cluster.launch(SparkSite.gang(1));

        SparkSite.until(() -> spark.running() == 1);
        spark.cluster.keepWarm(warm(3));
        assertThat(pods()).hasSize(2);
    }

    @Test
    void images_are_pulled_by_them_and_one_that_is_wanted_later_by_new_ones() {
        spark = new SparkSite(testCluster, 1);
        SparkSite.until(() -> {
            spark.cluster.keepWarm(warm(1, "apache/spark:3.5.6"));
            return bound() == 1;
        });
        assertThat(pods().get(0).getSpec().getInitContainers())
                .extracting(Container::getImage)
                .containsExactly("apache/spark:3.5.6");
        String before = pods().get(0).getMetadata().getName();

        SparkSite.until(() -> {
            spark.cluster.keepWarm(warm(1, "apache/spark:3.5.6", "python:3.13"));
            return bound() == 1 && !pods().get(0).getMetadata().getName().equals(before);
        });
        String after = pods().get(0).getMetadata().getName();
        spark.cluster.keepWarm(warm(1, "python:3.13"));
        assertThat(pods())
                .as("it has pulled more than is wanted now")
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly(after);
    }

    private static List<WarmNodes> warm(int nodes, String... images) {
        return List.of(new WarmNodes(
                new PoolName("blue"),
                nodes,
                Resources.of(Map.of(Resources.CPU, 1001L)),
                List.of(),
                new TreeSet<>(Set.of(images))));
    }

    private List<Pod> pods() {
        return spark.site
                .admin()
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.WARM, spark.site.id)
                .list()
                .getItems();
    }

    private long bound() {
        return pods().stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .count();
    }

    private static boolean isUnschedulable(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Unschedulable".equals(condition.getReason()));
    }
}
