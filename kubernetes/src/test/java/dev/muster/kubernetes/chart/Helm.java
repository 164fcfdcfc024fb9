package dev.muster.kubernetes.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Helm as a program, built from its Go module by {@code tools/controlplane/build helm}. */
final class Helm {
    static final Path CHART = Path.of("..", "deploy", "helm", "muster");

    /** What an operator has to say at least. */
    static final List<String> LEAST = List.of(
            "--set", "image.repository=registry.example.com/muster",
            "--set", "database.url=jdbc:postgresql://db.example.com:5432/muster",
            "--set", "database.secret=muster-database");

    /** Names the program's directory, where it is built already. */
    private static final String PROPERTY = "muster.helm";

    private static final Path PROGRAM = Path.of(directory(), "helm");

    /** What a run left: exit code, and what it wrote to both streams or to standard output alone. */
    record Run(int code, String text) {}

    private Helm() {}

    private static String directory() {
        String given = System.getProperty(PROPERTY, "");
        return given.isEmpty()
                ? said(List.of("../tools/controlplane/build", "helm")).text().strip()
                : given;
    }

    static Run run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        return said(command);
    }

    /** The rendered chart, for a Kubernetes as new as the tests'. */
    static String template(List<String> more) {
        List<String> arguments = new ArrayList<>(
                List.of("template", "muster", CHART.toString(), "-n", "muster", "--kube-version", "1.36.0"));
        arguments.addAll(LEAST);
        arguments.addAll(more);
        Run run = run(arguments.toArray(String[]::new));
        if (run.code() != 0) {
            throw new IllegalStateException(run.text());
        }
        return run.text();
    }

    static List<HasMetadata> objects(KubernetesClient client, List<String> more) {
        return client.load(new ByteArrayInputStream(template(more).getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private static Run said(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(!command.get(0).endsWith("build"))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
