package dev.muster.controlplane;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The cluster that {@code MUSTER_TEST_KUBECONFIG} names: Volcano runs there already, and KWOK's fake nodes are added to it. */
final class GivenCluster implements TestCluster, AutoCloseable {
    static final String VARIABLE = "MUSTER_TEST_KUBECONFIG";

    /** Its own: another test run on the same cluster leaves our nodes alone, and ours do not die with its KWOK. */
    private final String player = "fake-" + UUID.randomUUID().toString().substring(0, 8);

    private final Path directory;
    private final Path kubeconfig;
    private final KubernetesClient client;
    private final Program kwok;

    private GivenCluster(Path directory, Path kubeconfig) {
        this.directory = directory.toAbsolutePath();
        this.kubeconfig = kubeconfig;
        client = TestCluster.patientClient(kubeconfig);
        kwok = Kwok.program(
                Programs.find(),
                this.directory,
                kubeconfig,
                player,
                Ports.free(1).get(0));
    }

    static boolean isGiven() {
        return !System.getenv().getOrDefault(VARIABLE, "").isBlank();
    }

    static GivenCluster open(Path directory) {
        Path kubeconfig = Path.of(System.getenv(VARIABLE)).toAbsolutePath();
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalStateException(
                    "Cannot read %s, which %s names: expected a kubeconfig".formatted(kubeconfig, VARIABLE));
        }
        return open(directory, kubeconfig);
    }

    static GivenCluster open(Path directory, Path kubeconfig) {
        GivenCluster cluster = new GivenCluster(directory, kubeconfig);
        cluster.checkVolcano();
        cluster.kwok.start();
        return cluster;
    }

    @Override
    public String description() {
        return "the cluster of " + kubeconfig;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String player() {
        return player;
    }

    @Override
    public void close() {
        client.close();
        kwok.kill();
    }

    private void checkVolcano() {
        for (String kind : List.of("queues", "podgroups")) {
            String name = kind + ".scheduling.volcano.sh";
            if (client.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName(name)
                            .get()
                    == null) {
                throw new IllegalStateException(
                        "%s has no %s: expected a cluster with Volcano; install it there, or unset %s"
                                .formatted(description(), name, VARIABLE));
            }
        }
    }
}
