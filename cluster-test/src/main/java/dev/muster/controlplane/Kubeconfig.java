package dev.muster.controlplane;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

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
    static Kubeconfig like(Config other, String token) {
        if (other.getCaCertFile() != null) {
            return of(other.getMasterUrl(), Path.of(other.getCaCertFile()), token);
        }
        String authority = Objects.requireNonNullElse(other.getCaCertData(), "");
        return new Kubeconfig(other.getMasterUrl(), Base64.getDecoder().decode(authority), token);
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
