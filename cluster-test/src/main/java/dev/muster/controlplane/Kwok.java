package dev.muster.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** KWOK plays the kubelets of fake nodes: pods bound there start, end and go as {@code stages.yaml} says. */
final class Kwok {
    private static final String STAGES = "stages.yaml";

    private Kwok() {}

    /** Of the nodes of a cluster it plays those whose annotation names this {@code player}. */
    static Program program(Programs programs, Path directory, Path kubeconfig, String player, int port) {
        Path stages = directory.resolve(STAGES);
        Credentials.write(stages, stages());
        return new Program(
                "kwok",
                List.of(
                        programs.path("kwok"),
                        "--kubeconfig=" + kubeconfig,
                        "--config=" + stages,
                        "--manage-nodes-with-annotation-selector=" + FakeNodes.ANNOTATION + "=" + player,
                        "--node-lease-duration-seconds=400",
                        "--cidr=10.0.0.1/8",
                        "--node-ip=127.0.0.1",
                        "--server-address=127.0.0.1:" + port),
                directory);
    }

    private static String stages() {
        try (InputStream text = Objects.requireNonNull(Kwok.class.getResourceAsStream(STAGES), STAGES)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + STAGES, e);
        }
    }
}
