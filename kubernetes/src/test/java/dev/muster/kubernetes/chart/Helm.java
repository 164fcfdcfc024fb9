package dev.muster.kubernetes.chart;

import dev.muster.controlplane.Programs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
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

    private static final Programs PROGRAMS = Programs.of("helm");

    private Helm() {}

    static Programs.Run run(List<String> arguments) {
        return PROGRAMS.run("helm", arguments);
    }

    /** The rendered chart, for a Kubernetes as new as the tests'. */
    static String template(List<String> more) {
        List<String> arguments = new ArrayList<>(
                List.of("template", "muster", CHART.toString(), "-n", "muster", "--kube-version", "1.36.0"));
        arguments.addAll(LEAST);
        arguments.addAll(more);
        Programs.Run run = run(arguments);
        if (run.code() != 0) {
            throw new IllegalStateException(run.text());
        }
        return run.text();
    }

    static List<HasMetadata> objects(KubernetesClient client, List<String> more) {
        return client.load(new ByteArrayInputStream(template(more).getBytes(StandardCharsets.UTF_8)))
                .items();
    }
}
