package dev.muster.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** A cluster with Volcano's kinds, a scheduler named {@code volcano}, and nodes that tests add: {@link FakeNodes}. */
public interface TestCluster {
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

    /** The value of {@link FakeNodes#ANNOTATION} on nodes that the KWOK of this cluster plays. */
    default String player() {
        return "fake";
    }

    /** A client of its own, which its maker closes. */
    default KubernetesClient newClient() {
        return client(kubeconfig());
    }

    static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** The same for who may wait: no request of a test is worth less than the test, on however busy a machine. */
    static KubernetesClient patientClient(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                        .withRequestTimeout(120_000)
                        .build())
                .build();
    }
}
