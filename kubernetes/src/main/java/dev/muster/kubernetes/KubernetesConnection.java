package dev.muster.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The client of an API server, for all who share it. An answer that does not come is given up in time to try again. */
public final class KubernetesConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 15_000;
    /** A write that broke off is tried so often at once; after that its caller decides. */
    private static final int TRIES = 3;

    private final KubernetesClient client;

    private KubernetesConnection(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Speaks as the kubeconfig says; null: as the service account of the pod, else as kubectl would.
     *
     * @throws IllegalArgumentException where the file cannot be read
     */
    public static KubernetesConnection open(@Nullable Path kubeconfig) {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    "Cannot read the kubeconfig %s: give muster.kubernetes.kubeconfig the path of one"
                            .formatted(kubeconfig.toAbsolutePath()));
        }
        Config config = kubeconfig == null ? Config.autoConfigure(null) : Config.fromKubeconfig(kubeconfig.toFile());
        return new KubernetesConnection(new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestTimeout(ANSWER_MILLIS)
                        .withRequestRetryBackoffLimit(TRIES)
                        .build())
                .build());
    }

    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
