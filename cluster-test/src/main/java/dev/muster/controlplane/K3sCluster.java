package dev.muster.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in a container, with Volcano from its chart and KWOK's fake nodes beside the node that K3s is. */
public final class K3sCluster implements TestCluster, AutoCloseable {
    /** Names the file of Volcano's chart. */
    static final String CHART = "MUSTER_TEST_VOLCANO_CHART";

    private static final String IMAGE = "rancher/k3s:v1.33.4-k3s1";

    private final Path directory;
    private final K3sContainer container;
    private final GivenCluster inside;

    private K3sCluster(Path directory, K3sContainer container) {
        this.directory = directory.toAbsolutePath();
        this.container = container;
        Path kubeconfig = directory.toAbsolutePath().resolve("k3s.kubeconfig");
        Credentials.write(kubeconfig, container.getKubeConfigYaml());
        installVolcano(kubeconfig);
        this.inside = GivenCluster.open(directory, kubeconfig);
    }

    /** What a machine lacks for it; empty where nothing. */
    static String lacks() {
        if (System.getenv().getOrDefault(CHART, "").isBlank()) {
            return CHART + " names no chart of Volcano (a .tgz, as `helm pull volcano` gives it)";
        }
        return DockerClientFactory.instance().isDockerAvailable()
                ? ""
                : "no Docker that Testcontainers finds: start one, or set DOCKER_HOST";
    }

    static K3sCluster start(Path directory) {
        K3sContainer container = new K3sContainer(DockerImageName.parse(IMAGE));
        container.start();
        try {
            return new K3sCluster(directory, container);
        } catch (RuntimeException | Error e) {
            Credentials.write(directory.resolve("k3s.log"), container.getLogs());
            container.stop();
            throw e;
        }
    }

    @Override
    public String description() {
        return "K3s in container " + container.getContainerId();
    }

    @Override
    public KubernetesClient client() {
        return inside.client();
    }

    @Override
    public Path kubeconfig() {
        return inside.kubeconfig();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String player() {
        return inside.player();
    }

    @Override
    public void close() {
        Credentials.write(directory.resolve("k3s.log"), container.getLogs());
        inside.close();
        container.stop();
    }

    /** By the Helm controller that K3s comes with, from the chart's own bytes: nothing else is looked up but its images. */
    private static void installVolcano(Path kubeconfig) {
        try (KubernetesClient client = TestCluster.client(kubeconfig)) {
            await("K3s' Helm controller")
                    .atMost(Duration.ofMinutes(3))
                    .ignoreExceptions()
                    .until(() -> client.apiextensions()
                                    .v1()
                                    .customResourceDefinitions()
                                    .withName("helmcharts.helm.cattle.io")
                                    .get()
                            != null);
            client.resource(chart()).create();
            await("Volcano's scheduler and controller")
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> isReady(client, "volcano-scheduler") && isReady(client, "volcano-controllers"));
        }
    }

    private static boolean isReady(KubernetesClient client, String deployment) {
        var found = client.apps()
                .deployments()
                .inNamespace("volcano-system")
                .withName(deployment)
                .get();
        return found != null
                && found.getStatus() != null
                && Integer.valueOf(1).equals(found.getStatus().getReadyReplicas());
    }

    private static GenericKubernetesResource chart() {
        GenericKubernetesResource chart = new GenericKubernetesResource();
        chart.setApiVersion("helm.cattle.io/v1");
        chart.setKind("HelmChart");
        chart.setMetadata(new ObjectMetaBuilder()
                .withNamespace("kube-system")
                .withName("volcano")
                .build());
        chart.setAdditionalProperty(
                "spec",
                Map.of(
                        "chartContent",
                        chartContent(),
                        "targetNamespace",
                        "volcano-system",
                        "createNamespace",
                        true,
                        "valuesContent",
                        values()));
        return chart;
    }

    private static String chartContent() {
        Path file = Path.of(System.getenv(CHART));
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s, which %s names".formatted(file, CHART), e);
        }
    }

    private static String values() {
        return "custom:\n  scheduler_config_override: |\n" + configuration().replaceAll("(?m)^", "    ") + "\n";
    }

    private static String configuration() {
        try (InputStream text =
                Objects.requireNonNull(K3sCluster.class.getResourceAsStream("volcano-scheduler.conf"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource volcano-scheduler.conf", e);
        }
    }
}
