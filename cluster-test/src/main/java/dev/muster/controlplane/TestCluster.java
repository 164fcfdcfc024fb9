package dev.muster.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;

/** A cluster with Volcano's kinds, a scheduler named {@code volcano}, and nodes that tests add: {@link FakeNodes}. */
public interface TestCluster {
    /** As often as the service tries: the client's own ten take twenty seconds where nobody answers. */
    int TRIES = 3;

    /** What this cluster is, for people. */
    String description();

    /** A client that may do everything; shared, so nobody closes it. */
    KubernetesClient client();

    /** A kubeconfig that may do everything. */
    Path kubeconfig();

    /** Where its logs, and what tests write of it, are. */
    Path directory();

    /** Where a kubeconfig of a service account is written to: what that account may not do, its holder may not. */
    default Path kubeconfigOf(String namespace, String serviceAccount) {
        Path written = directory().resolve(namespace + "." + serviceAccount + ".kubeconfig");
        Credentials.write(
                written, Kubeconfig.like(kubeconfig(), ServiceAccounts.token(client(), namespace, serviceAccount)));
        return written;
    }

    /** Until the scheduler has looked several times more, long enough to have bound what it would bind. */
    default void letSchedulerLook() {
        // A real Volcano looks about once a second, and does not say when.
        await().pollDelay(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(8)).until(() -> true);
    }

    /** The value of {@link FakeNodes#ANNOTATION} on nodes that the KWOK of this cluster plays. */
    default String player() {
        return "fake";
    }

    /** A client of its own, which its maker closes. */
    default KubernetesClient newClient() {
        return client(kubeconfig());
    }

    static KubernetesClient client(Path kubeconfig) {
        return client(Config.fromKubeconfig(kubeconfig.toFile()));
    }

    /** The same for who may wait: no request of a test is worth less than the test, on however busy a machine. */
    static KubernetesClient patientClient(Path kubeconfig) {
        return client(new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withRequestTimeout(120_000)
                .build());
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(TRIES)
                        .build())
                .build();
    }
}
