package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store of a control plane. It does not wait for the disk: a test's cluster is not kept. */
final class Etcd {
    private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");

    private final String address;
    private final Program program;

    Etcd(Programs programs, Path directory, int port, int peerPort) {
        address = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + peerPort;
        program = new Program(
                "etcd",
                List.of(
                        programs.path("etcd"),
                        "--name=test",
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=" + address,
                        "--advertise-client-urls=" + address,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=test=" + peers,
                        "--unsafe-no-fsync",
                        "--quota-backend-bytes=" + (4L << 30),
                        "--log-level=warn"),
                directory);
    }

    Program program() {
        return program;
    }

    String address() {
        return address;
    }

    /** Forgets every revision but the present one: who goes on from an older one is told 410. */
    void compact() {
        Matcher revision = REVISION.matcher(post("/v3/maintenance/status", "{}"));
        if (!revision.find()) {
            throw new IllegalStateException("etcd at " + address + " does not say its revision");
        }
        post("/v3/kv/compaction", "{\"revision\":\"%s\",\"physical\":true}".formatted(revision.group(1)));
    }

    private String post(String path, String body) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + path))
                                    .timeout(Duration.ofSeconds(20))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "etcd answered %s with %d: %s".formatted(path, answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach etcd at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while etcd was asked", e);
        }
    }
}
