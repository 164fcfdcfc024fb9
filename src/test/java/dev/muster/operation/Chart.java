package dev.muster.operation;

import dev.muster.controlplane.Programs;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The chart and the programs that work on it: Helm and kubectl, built by {@code tools/controlplane/build helm}. */
final class Chart {
    private static final Programs PROGRAMS = Programs.of("helm");

    private Chart() {}

    /** The directory that has them. */
    static String programs() {
        return PROGRAMS.directory().toString();
    }

    /** The Deployment, of no other values than those that have to be given. */
    static Deployment deployment(KubernetesClient client) {
        Programs.Run rendered = PROGRAMS.run(
                "helm",
                List.of(
                        "template",
                        "muster",
                        "../deploy/helm/muster",
                        "--kube-version",
                        "1.36.0",
                        "--set-string",
                        "image.repository=registry.example.com/muster,database.secret=muster-database",
                        "--set-string",
                        "database.url=jdbc:postgresql://db.example.com:5432/muster"));
        if (rendered.code() != 0) {
            throw new IllegalStateException(rendered.text());
        }
        return client.load(new ByteArrayInputStream(rendered.text().getBytes(StandardCharsets.UTF_8))).items().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
