package dev.muster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.PodRef;
import dev.muster.controlplane.ClusterTest;
import dev.muster.controlplane.TestCluster;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executors that a driver makes one by one, as Spark does, start with their gang or not at all. */
@ClusterTest
class ExecutorsClusterIT {
    private final TestCluster testCluster;
    private SparkSite spark;

    ExecutorsClusterIT(TestCluster testCluster) {
        this.testCluster = testCluster;
    }

    @AfterEach
    void take_it_away() {
        spark.close();
    }

    @Test
    void executors_are_held_until_all_are_there_and_then_start_together() {
        spark = new SparkSite(testCluster, 4);
        spark.cluster.launch(SparkSite.gang(4));
        SparkSite.until(() -> spark.running() == 1);
        assertThat(spark.group().getSpec().getMinMember()).isEqualTo(1);
        for (int i = 1; i <= 3; i++) {
            make(i);
        }
        SparkSite.until(() -> spark.gated() == 3);
        spark.cluster.launch(SparkSite.gang(4));
        assertThat(spark.running()).isEqualTo(1);
        make(4);
        SparkSite.until(() -> spark.running() == 5);
        assertThat(spark.group().getSpec().getMinMember()).isEqualTo(5);
        assertThat(spark.indexes()).isEqualTo(Set.of("0", "1", "2", "3"));
        // One that is lost is made again by Spark, and takes the free place.
        Pod lost = spark.executors().get(0);
        String place = lost.getMetadata().getLabels().get(Labels.INDEX);
        spark.site.admin().resource(lost).withGracePeriod(0).delete();
        SparkSite.until(() -> spark.running() == 4);
        Pod next = make(5);
        SparkSite.until(() -> spark.running() == 5);
        assertThat(index(next)).isEqualTo(place);
        // One above the gang waits behind its gate until the planner has grown a place for it.
        Pod above = make(6);
        SparkSite.until(() -> spark.gated() == 1);
        SparkSite.until(() -> unplaced() == 1);
        spark.cluster.grow(
                SparkSite.gang(4),
                List.of(new ElasticPod(
                        new RoleName("executor"),
                        4,
                        new PoolName("blue"),
                        SparkSite.template(SparkSite.MADE_BY_DRIVER))));
        SparkSite.until(() -> "4".equals(index(above)));
        assertThat(spark.gated()).isZero();
        SparkSite.until(() -> unplaced() == 0);
        // A place that is given back is nobody's: who comes then waits for another.
        spark.site.admin().resource(above).withGracePeriod(0).delete();
        spark.cluster.shrink(SparkSite.ATTEMPT, Set.of(new PodRef(SparkSite.ATTEMPT, new RoleName("executor"), 4)));
        make(7);
        SparkSite.until(() -> unplaced() == 1);
        assertThat(spark.gated()).isEqualTo(1);
        spark.cluster.release(SparkSite.ATTEMPT);
        SparkSite.until(
                () -> spark.executors().isEmpty() && spark.cluster.attempts().isEmpty());
    }

    @Test
    void with_room_for_fewer_none_of_the_executors_is_bound() {
        spark = new SparkSite(testCluster, 3);
        spark.cluster.launch(SparkSite.gang(4));
        SparkSite.until(() -> spark.running() == 1);
        for (int i = 1; i <= 4; i++) {
            make(i);
        }
        SparkSite.until(() -> spark.gated() == 0 && spark.indexes().size() == 4);
        SparkSite.until(() -> spark.executors().stream().allMatch(pod -> pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "PodScheduled".equals(condition.getType()))));
        assertThat(spark.executors()).allMatch(pod -> pod.getSpec().getNodeName() == null);
        spark.site.node(new ContractSite.NodeLike("blue", Map.of("cpu", "1", "memory", "8Gi"), Map.of(), List.of(), 9));
        SparkSite.until(() -> spark.running() == 5);
    }

    @Test
    void a_driver_before_3_2_makes_its_gang_in_one_batch_or_never() {
        spark = new SparkSite(testCluster, 4);
        spark.cluster.launch(SparkSite.gang(4));
        SparkSite.until(() -> spark.running() == 1);
        // ExecutorPodsAllocator of 3.1 asks for no more while any that it has made is pending: with batches of two it
        // waits for ever.
        AllocatorOf31 small = new AllocatorOf31(2, 4);
        small.turn();
        SparkSite.until(() -> spark.gated() == 2);
        small.turn();
        small.turn();
        assertThat(spark.executors()).hasSize(2);
        assertThat(spark.running()).isEqualTo(1);
        // With the batch that Muster sets for such a version (at least the gang) all are there at once.
        AllocatorOf31 whole = new AllocatorOf31(4, 4);
        whole.made = 2;
        whole.turn(2);
        SparkSite.until(() -> spark.running() == 5);
        assertThat(spark.indexes()).isEqualTo(Set.of("0", "1", "2", "3"));
        whole.turn();
        assertThat(spark.executors()).as("it has what it wants").hasSize(4);
        // A lost one is made good by number, and takes the place that is free.
        Pod lost = spark.executors().get(1);
        String place = lost.getMetadata().getLabels().get(Labels.INDEX);
        spark.site.admin().resource(lost).withGracePeriod(0).delete();
        SparkSite.until(() -> spark.executors().size() == 3);
        whole.turn();
        SparkSite.until(() -> spark.running() == 5);
        assertThat(spark.executors())
                .anyMatch(pod ->
                        "5".equals(pod.getMetadata().getLabels().get("spark-exec-id")) && place.equals(index(pod)));
    }

    private int unplaced() {
        return Objects.requireNonNull(
                spark.cluster.status(SparkSite.ATTEMPT).orElseThrow().unplaced());
    }

    /** How Spark 3.1 makes executors: a batch when none is pending, up to what is wanted. */
    private final class AllocatorOf31 {
        private final int batch;
        private final int wanted;
        private int made;

        AllocatorOf31(int batch, int wanted) {
            this.batch = batch;
            this.wanted = wanted;
        }

        void turn() {
            boolean pending = spark.executors().stream()
                    .anyMatch(pod -> !"Running".equals(pod.getStatus().getPhase()));
            if (!pending) {
                turn(Math.min(batch, wanted - spark.executors().size()));
            }
        }

        void turn(int more) {
            for (int i = 0; i < more; i++) {
                made++;
                make(made);
            }
        }
    }

    private String index(Pod pod) {
        return spark.site
                .admin()
                .pods()
                .inNamespace(spark.site.id)
                .withName(pod.getMetadata().getName())
                .get()
                .getMetadata()
                .getLabels()
                .get(Labels.INDEX);
    }

    /** As Spark makes an executor: out of the template, with a name, a number, an image and resources of its own. */
    private Pod make(int number) {
        Map<String, Quantity> asked = Map.of("cpu", new Quantity("1"), "memory", new Quantity("896Mi"));
        Pod template = Serialization.unmarshal(spark.executorTemplate(), Pod.class);
        return spark.site
                .admin()
                .resource(new PodBuilder(template)
                        .editMetadata()
                        .withName("pi-1-exec-" + number)
                        .withNamespace(spark.site.id)
                        .addToLabels("spark-role", "executor")
                        .addToLabels("spark-exec-id", Integer.toString(number))
                        .endMetadata()
                        .editSpec()
                        .withRestartPolicy("Never")
                        .editContainer(0)
                        .withImage("apache/spark:3.5.6")
                        .withNewResources()
                        .withRequests(asked)
                        .endResources()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }
}
