package dev.muster.controlplane;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A kubeconfig with one cluster and one user. */
record Kubeconfig(String server, byte[] authority, String token) {
    static Kubeconfig of(String server, Path authority, String token) {
        try {
            return new Kubeconfig(server, Files.readAllBytes(authority), token);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the certificate " + authority, e);
        }
    }

    /** The same cluster for somebody else. */
    static String like(Path other, String token) {
        try {
            Config config = Serialization.unmarshal(Files.readString(other), Config.class);
            String context = config.getCurrentContext();
            String user = config.getContexts().stream()
                    .filter(each -> each.getName().equals(context))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("%s has no context %s".formatted(other, context)))
                    .getContext()
                    .getUser();
            config.setUsers(List.of(new NamedAuthInfoBuilder()
                    .withName(user)
                    .withUser(new AuthInfoBuilder().withToken(token).build())
                    .build()));
            return Serialization.asYaml(config);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + other, e);
        }
    }

    Path write(Path file) {
        Credentials.write(file, text());
        return file;
    }

    private String text() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: test
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: test
                  user:
                    token: %s
                contexts:
                - name: test
                  context:
                    cluster: test
                    user: test
                current-context: test
                """.formatted(server, Base64.getEncoder().encodeToString(authority), token);
    }
}
