package dev.muster.operation;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The chart and the programs that work on it: Helm and kubectl, built by {@code tools/controlplane/build helm}. */
final class Chart {
    /** Names the programs' directory, where they are built already. */
    private static final String PROPERTY = "muster.helm";

    private Chart() {}

    static String programs() throws IOException, InterruptedException {
        String given = System.getProperty(PROPERTY, "");
        return given.isEmpty()
                ? said(List.of("../tools/controlplane/build", "helm")).strip()
                : given;
    }

    /** The Deployment, of no other values than those that have to be given. */
    static Deployment deployment(KubernetesClient client) throws IOException, InterruptedException {
        String text = said(List.of(
                programs() + "/helm",
                "template",
                "muster",
                "../deploy/helm/muster",
                "--kube-version",
                "1.36.0",
                "--set-string",
                "image.repository=registry.example.com/muster,database.secret=muster-database",
                "--set-string",
                "database.url=jdbc:postgresql://db.example.com:5432/muster"));
        return client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).items().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("%s ended with %d".formatted(String.join(" ", command), code));
        }
        return text;
    }
}
