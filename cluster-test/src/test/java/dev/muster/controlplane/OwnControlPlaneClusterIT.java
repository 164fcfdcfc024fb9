package dev.muster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The control plane that tests run on is a real one, and its fake nodes do what a test asks of them. */
@ClusterTest
class OwnControlPlaneClusterIT {
    @Test
    void a_pod_on_a_fake_node_ends_as_its_annotations_say(OwnControlPlane cluster) {
        KubernetesClient client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("lives")
                        .endMetadata()
                        .build())
                .create();
        try (FakeNodes nodes = FakeNodes.add(cluster, "lives", 2, Map.of("cpu", "8", "memory", "32Gi"))) {
            Map<String, PodLife> lives = Map.of(
                    "succeeds", PodLife.runsFor(Duration.ofMillis(200)),
                    "fails", PodLife.failsAfter(Duration.ofMillis(200), 3),
                    "eats-memory", PodLife.isKilledForMemoryAfter(Duration.ofMillis(200)),
                    "fills-the-disk", PodLife.fillsTheDiskAfter(Duration.ofMillis(200)),
                    "hangs", PodLife.neverStarts("ImagePullBackOff"),
                    "runs", PodLife.runs());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.serviceAccounts()
                                    .inNamespace("lives")
                                    .withName("default")
                                    .get()
                            != null);
            lives.forEach(
                    (name, life) -> client.resource(pod(name, life, nodes)).create());
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(lives.keySet().stream()
                                .map(name -> client.pods()
                                        .inNamespace("lives")
                                        .withName(name)
                                        .get())
                                .map(OwnControlPlaneClusterIT::shown))
                        .containsExactlyInAnyOrder(
                                "succeeds Succeeded 0 Completed",
                                "fails Failed 3 Error",
                                "eats-memory Failed 137 OOMKilled",
                                "fills-the-disk Failed Evicted",
                                "hangs Pending ImagePullBackOff",
                                "runs Running");
            });
        }
    }

    private static String shown(Pod pod) {
        var status = pod.getStatus();
        String name = pod.getMetadata().getName() + " " + status.getPhase();
        if (status.getReason() != null) {
            return name + " " + status.getReason();
        }
        if (status.getContainerStatuses().isEmpty()) {
            return name;
        }
        var state = status.getContainerStatuses().get(0).getState();
        if (state.getTerminated() != null) {
            return name + " " + state.getTerminated().getExitCode() + " "
                    + state.getTerminated().getReason();
        }
        return state.getWaiting() != null ? name + " " + state.getWaiting().getReason() : name;
    }

    private static Pod pod(String name, PodLife life, FakeNodes nodes) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("lives")
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
}
