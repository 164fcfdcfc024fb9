package dev.muster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The control plane for tests is a real one, its fake nodes and pods live as a test asks, and its parts can be stopped. */
@ClusterTest
class OwnControlPlaneClusterIT {
    private static final String NAMESPACE = "own-control-plane";
    private static final Map<String, String> SHAPE = Map.of("cpu", "8", "memory", "32Gi");

    private final OwnControlPlane cluster;
    private final KubernetesClient client;

    OwnControlPlaneClusterIT(OwnControlPlane cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
        if (client.namespaces().withName(NAMESPACE).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .endMetadata()
                            .build())
                    .create();
        }
        eventually()
                .until(() -> client.serviceAccounts()
                                .inNamespace(NAMESPACE)
                                .withName("default")
                                .get()
                        != null);
    }

    @AfterEach
    void clean_up() {
        client.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        eventually()
                .until(() ->
                        client.pods().inNamespace(NAMESPACE).list().getItems().isEmpty());
    }

    @Test
    void a_pod_on_a_fake_node_ends_as_its_annotations_say() {
        Duration soon = Duration.ofMillis(200);
        Map<String, PodLife> lives = Map.of(
                "succeeds", PodLife.runsFor(soon),
                "fails", PodLife.failsAfter(soon, 3),
                "eats-memory", PodLife.isKilledForMemoryAfter(soon),
                "fills-the-disk", PodLife.fillsTheDiskAfter(soon),
                "hangs", PodLife.neverStarts("ImagePullBackOff"),
                "runs", PodLife.runs());
        try (FakeNodes nodes = FakeNodes.add(cluster, "lives", 2, SHAPE)) {
            lives.forEach(
                    (name, life) -> client.resource(pod(name, life, nodes)).create());
            eventually().untilAsserted(() -> assertThat(client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                            .map(OwnControlPlaneClusterIT::shown))
                    .containsExactlyInAnyOrder(
                            "succeeds Succeeded 0 Completed",
                            "fails Failed 3 Error",
                            "eats-memory Failed 137 OOMKilled",
                            "fills-the-disk Failed Evicted",
                            "hangs Pending ImagePullBackOff",
                            "runs Running"));
        }
    }

    @Test
    void a_pod_of_a_lost_node_stays_until_the_node_comes_back() {
        try (FakeNodes nodes = FakeNodes.add(cluster, "loses", 1, SHAPE)) {
            client.resource(pod("stranded", PodLife.runs(), nodes)).create();
            eventually().until(() -> phase("stranded").equals("Running"));
            nodes.lose("loses-0");
            eventually().untilAsserted(() -> assertThat(
                            client.nodes().withName("loses-0").get().getSpec().getTaints())
                    .anyMatch(taint -> taint.getKey().equals("node.kubernetes.io/unreachable")));
            client.pods()
                    .inNamespace(NAMESPACE)
                    .withName("stranded")
                    .withGracePeriod(1)
                    .delete();
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> client.pods()
                                    .inNamespace(NAMESPACE)
                                    .withName("stranded")
                                    .get()
                            != null);
            nodes.bringBack("loses-0");
            eventually()
                    .until(() -> client.pods()
                                    .inNamespace(NAMESPACE)
                                    .withName("stranded")
                                    .get()
                            == null);
        }
    }

    @Test
    void a_service_account_may_do_what_its_role_says_and_no_more() {
        try (KubernetesClient nobody = TestCluster.client(cluster.kubeconfigOf(NAMESPACE, "default"))) {
            assertThatThrownBy(() -> nobody.pods().inNamespace(NAMESPACE).list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("cannot list resource \"pods\"");
        }
    }

    @Test
    void what_was_written_is_there_after_the_api_server_was_killed() {
        client.resource(note("kept")).create();
        cluster.stopApiServer();
        assertThatThrownBy(() -> client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName("kept")
                        .get())
                .isInstanceOf(KubernetesClientException.class);
        cluster.startApiServer();
        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("kept").get())
                .isNotNull();
        client.configMaps().inNamespace(NAMESPACE).withName("kept").delete();
    }

    @Test
    void who_watches_from_a_forgotten_revision_is_told_so() {
        String old = client.resource(note("old")).create().getMetadata().getResourceVersion();
        for (int i = 0; i < 3; i++) {
            client.resource(note("newer-" + i)).create();
        }
        cluster.forgetTheOld();
        client.configMaps().inNamespace(NAMESPACE).withName("newer-0").edit(map -> new ConfigMapBuilder(map)
                .addToData("a", "b")
                .build());
        CompletableFuture<WatcherException> end = new CompletableFuture<>();
        try (var watch = client.configMaps()
                .inNamespace(NAMESPACE)
                .withResourceVersion(old)
                .watch(new Watcher<ConfigMap>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap map) {}

                    @Override
                    public void onClose(WatcherException cause) {
                        end.complete(cause);
                    }
                })) {
            assertThat(watch).isNotNull();
            eventually().until(end::isDone);
            assertThat(end.join().isHttpGone()).isTrue();
        }
        client.configMaps()
                .inNamespace(NAMESPACE)
                .withField("metadata.name", "old")
                .delete();
    }

    @Test
    void an_api_server_that_is_held_answers_when_it_goes_on() {
        cluster.holdApiServer();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(
                () -> client.namespaces().list().getItems().size());
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).until(() -> !answer.isDone());
        cluster.letApiServerGoOn();
        eventually().until(answer::isDone);
        assertThat(answer.join()).isPositive();
    }

    @Test
    void fields_that_the_model_is_too_old_for_are_kept() {
        PodGroup group = new PodGroupBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("newer")
                .endMetadata()
                .withNewSpec()
                .withMinMember(2)
                .addToAdditionalProperties("networkTopology", Map.of("mode", "soft"))
                .endSpec()
                .build();
        assertThat(client.resource(group).create().getSpec().getAdditionalProperties())
                .containsEntry("networkTopology", Map.of("mode", "soft"));
        client.resource(group).delete();
    }

    @Test
    void hundreds_of_nodes_become_ready() {
        try (FakeNodes nodes = FakeNodes.add(cluster, "hundreds", 300, SHAPE)) {
            assertThat(nodes.names()).hasSize(300);
        }
    }

    private String phase(String pod) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withName(pod)
                .get()
                .getStatus()
                .getPhase();
    }

    private static String shown(Pod pod) {
        var status = pod.getStatus();
        String shown = pod.getMetadata().getName() + " " + status.getPhase();
        if (status.getReason() != null) {
            return shown + " " + status.getReason();
        }
        if (status.getContainerStatuses().isEmpty()) {
            return shown;
        }
        var state = status.getContainerStatuses().get(0).getState();
        if (state.getTerminated() != null) {
            return shown + " " + state.getTerminated().getExitCode() + " "
                    + state.getTerminated().getReason();
        }
        return state.getWaiting() != null ? shown + " " + state.getWaiting().getReason() : shown;
    }

    private static ConfigMap note(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .build();
    }

    private static Pod pod(String name, PodLife life, FakeNodes nodes) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withAnnotations(life.annotations())
                .endMetadata()
                .withNewSpec()
                .withNodeSelector(nodes.selector())
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }
}
