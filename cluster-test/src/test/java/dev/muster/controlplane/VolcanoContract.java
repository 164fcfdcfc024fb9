package dev.muster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Muster relies on in Volcano. Held by the simulated one and by a real one. */
@ClusterTest
abstract class VolcanoContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestCluster cluster;
    private final KubernetesClient client;
    private final String namespace = "volcano-" + UUID.randomUUID().toString().substring(0, 8);
    private FakeNodes nodes;

    VolcanoContract(TestCluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        eventually()
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    @AfterEach
    void clean_up() {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.namespaces().withName(namespace).delete();
        nodes.close();
    }

    @Test
    void a_gang_with_room_for_half_of_it_gets_no_node() {
        nodes(1, "2");
        TestGang gang = gang("half").group(4).pods("worker", 4, "1");
        eventually().untilAsserted(() -> {
            assertThat(gang.condition("Unschedulable"))
                    .startsWith("Unschedulable/True/NotEnoughResources: 2/4 tasks in gang unschedulable");
            assertThat(gang.reasons()).isEqualTo(Map.of("Schedulable", 2L, "Unschedulable", 2L));
        });
        assertThat(gang.phase()).isEqualTo("Inqueue");
        staysSo(() -> assertThat(gang.bound()).isZero());
    }

    @Test
    void a_gang_gets_all_its_nodes_at_once_when_room_comes() {
        nodes(1, "2");
        TestGang gang = gang("waits").group(4).pods("worker", 4, "1");
        eventually().until(() -> !gang.condition("Unschedulable").isEmpty());
        nodes.add(1, Map.of("cpu", "2", "memory", "8Gi"));
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(4));
        eventually().untilAsserted(() -> {
            assertThat(gang.phase()).isEqualTo("Running");
            assertThat(gang.condition("Scheduled"))
                    .startsWith("Scheduled/True/tasks in gang are ready to be scheduled");
            assertThat(gang.seen().getStatus().getRunning()).isEqualTo(4);
        });
    }

    @Test
    void no_worker_starts_without_the_driver_that_its_role_demands() {
        nodes(2, "2");
        TestGang gang = gang("roles")
                .group(3, Map.of("driver", 1, "worker", 2))
                .pods("worker", 2, "1")
                .pods("driver", 1, "4");
        eventually().until(() -> !gang.condition("Unschedulable").isEmpty());
        staysSo(() -> assertThat(gang.bound()).isZero());
        nodes.add(1, Map.of("cpu", "4", "memory", "8Gi"));
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(3));
    }

    @Test
    void workers_above_the_minimum_do_not_keep_the_driver_from_its_place() {
        nodes(1, "8");
        TestGang gang = gang("late").group(3, Map.of("driver", 1, "worker", 2)).pods("worker", 4, "1");
        eventually().until(() -> !gang.condition("Unschedulable").isEmpty());
        gang.pods("driver", 1, "1");
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(5));
    }

    /** So a role whose pods are for several pools needs a task spec for each. */
    @Test
    void a_node_that_refuses_one_pod_of_a_task_spec_is_not_tried_for_another() {
        nodes(2, "2");
        String one = nodes.names().get(0);
        String other = nodes.names().get(1);
        TestGang alike = gang("alike").group(2).podFor(one, "worker", 0).podFor(other, "worker", 1);
        eventually().until(() -> !alike.condition("Unschedulable").isEmpty());
        staysSo(() -> assertThat(alike.bound()).isZero());
        TestGang apart = gang("apart").group(2).podFor(one, "worker.a", 0).podFor(other, "worker.b", 1);
        eventually().untilAsserted(() -> assertThat(apart.bound()).isEqualTo(2));
    }

    @Test
    void pods_above_the_minimum_take_what_room_there_is() {
        nodes(1, "3");
        TestGang gang = gang("elastic").group(2).pods("worker", 4, "1");
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(3));
        eventually().untilAsserted(() -> assertThat(gang.phase()).isEqualTo("Running"));
        staysSo(() -> assertThat(gang.bound()).isEqualTo(3));
    }

    @Test
    void a_gated_pod_is_left_alone_and_counts_for_nothing() {
        nodes(1, "8");
        TestGang gang = gang("gated").group(3).gatedPods("worker", 3, "1");
        gang.openGate("worker-0");
        gang.openGate("worker-1");
        staysSo(() -> assertThat(gang.bound()).isZero());
        assertThat(gang.reasons()).containsEntry("SchedulingGated", 1L);
        gang.openGate("worker-2");
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(3));
    }

    @Test
    void a_running_driver_and_its_late_executors_are_one_gang_once_the_minimum_is_raised() {
        nodes(1, "2");
        TestGang gang = gang("spark").group(1).pods("driver", 1, "1");
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(1));
        gang.setMinMember(3);
        gang.gatedPods("executor", 2, "1");
        gang.openGate("executor-0");
        gang.openGate("executor-1");
        staysSo(() -> assertThat(gang.bound()).isEqualTo(1));
        nodes.add(1, Map.of("cpu", "1", "memory", "8Gi"));
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(3));
    }

    @Test
    void a_gang_with_fewer_pods_than_its_minimum_waits() {
        nodes(1, "8");
        TestGang gang = gang("few").group(3).pods("worker", 2, "1");
        eventually()
                .untilAsserted(() -> assertThat(gang.condition("Unschedulable")).contains("3 minAvailable"));
        staysSo(() -> assertThat(gang.bound()).isZero());
        gang.pods("late", 1, "1");
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(3));
    }

    @Test
    void pods_are_packed_on_the_fullest_node_that_has_room() {
        nodes(3, "4");
        TestGang first = gang("first").group(1).pods("worker", 1, "2");
        eventually().until(() -> first.bound() == 1);
        TestGang second = gang("second").group(2).pods("worker", 2, "1");
        eventually().until(() -> second.bound() == 2);
        assertThat(second.node("worker-0")).isEqualTo(first.node("worker-0")).isEqualTo(second.node("worker-1"));
    }

    @Test
    void pods_that_a_service_selects_are_packed_all_the_same() {
        nodes(3, "8");
        TestGang gang = gang("named").service().group(6).pods("worker", 6, "1");
        eventually().until(() -> gang.bound() == 6);
        assertThat(gang.nodes()).hasSize(1);
    }

    @Test
    void a_queue_is_not_taken_above_its_capability() {
        nodes(1, "8");
        String queue = queue("2");
        TestGang within = gang("within").queue(queue).group(2).pods("worker", 2, "1");
        eventually().until(() -> within.bound() == 2);
        TestGang beyond = gang("beyond").queue(queue).group(1).pods("worker", 1, "1");
        eventually().until(() -> !beyond.condition("Unschedulable").isEmpty());
        staysSo(() -> assertThat(beyond.bound()).isZero());
        client.pods().inNamespace(namespace).withName("within-worker-0").delete();
        eventually().untilAsserted(() -> assertThat(beyond.bound()).isEqualTo(1));
    }

    @Test
    void a_gang_of_a_queue_that_is_not_there_waits() {
        nodes(1, "8");
        TestGang gang =
                gang("lost").queue("no-such-queue-" + namespace).group(1).pods("worker", 1, "1");
        staysSo(() -> assertThat(gang.bound()).isZero());
    }

    @Test
    void the_phase_follows_the_pods_to_completion() {
        nodes(1, "8");
        TestGang gang = gang("short")
                .life(PodLife.runsFor(Duration.ofSeconds(2)))
                .group(2)
                .pods("worker", 2, "1");
        eventually().untilAsserted(() -> assertThat(gang.phase()).isEqualTo("Completed"));
        assertThat(gang.seen().getStatus().getSucceeded()).isEqualTo(2);
    }

    @Test
    void a_running_gang_that_loses_a_pod_for_which_there_is_no_room_is_unknown() {
        nodes(2, "1");
        TestGang gang = gang("broken").group(2).pods("worker", 2, "1");
        eventually().untilAsserted(() -> assertThat(gang.phase()).isEqualTo("Running"));
        String gone = gang.node("worker-0");
        nodes.cordon(gone);
        client.pods()
                .inNamespace(namespace)
                .withName("broken-worker-0")
                .withGracePeriod(0)
                .delete();
        gang.pods("again", 1, "1");
        eventually().untilAsserted(() -> assertThat(gang.phase()).isEqualTo("Unknown"));
        assertThat(gang.bound()).isEqualTo(1);
    }

    @Test
    void a_node_that_is_not_ready_gets_nothing() {
        nodes(1, "4");
        nodes.makeNotReady(nodes.names().get(0));
        TestGang gang = gang("night").group(1).pods("worker", 1, "1");
        eventually().until(() -> !gang.condition("Unschedulable").isEmpty());
        staysSo(() -> assertThat(gang.bound()).isZero());
        nodes.bringBack(nodes.names().get(0));
        eventually().untilAsserted(() -> assertThat(gang.bound()).isEqualTo(1));
    }

    private void nodes(int count, String cpu) {
        nodes = FakeNodes.add(cluster, namespace, count, Map.of("cpu", cpu, "memory", "8Gi"));
    }

    private TestGang gang(String name) {
        return new TestGang(client, namespace, name, nodes);
    }

    private String queue(String cpu) {
        String name = "queue-" + namespace;
        client.resource(new QueueBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withWeight(1)
                        .withReclaimable(false)
                        .withCapability(Map.of("cpu", new Quantity(cpu)))
                        .endSpec()
                        .build())
                .create();
        eventually().until(() -> {
            Queue queue = client.resources(Queue.class).withName(name).get();
            return queue.getStatus() != null && "Open".equals(queue.getStatus().getState());
        });
        return name;
    }

    private static ConditionFactory eventually() {
        return await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }

    private void staysSo(Runnable holds) {
        holds.run();
        cluster.letSchedulerLook();
        holds.run();
    }
}
