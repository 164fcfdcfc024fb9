package dev.muster.kubernetes;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Every second write of a client meets somebody else's: it is led past the API server, to one that answers 409 and does nothing. */
final class Conflicts implements AutoCloseable {
    private static final byte[] ANSWER = """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Conflict", "code": 409,
             "message": "Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version"}
            """.getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();

    private Conflicts(HttpServer server) {
        this.server = server;
    }

    static Conflicts start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(409, ANSWER.length);
                exchange.getResponseBody().write(ANSWER);
                exchange.close();
            });
            server.start();
            return new Conflicts(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KubernetesClient client(Path kubeconfig) {
        URI instead =
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("conflicts", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest asked, RequestTags tags) {
                        if (!asked.method().equals("GET") && writes.incrementAndGet() % 2 == 0) {
                            conflicts.incrementAndGet();
                            request.uri(instead);
                        }
                    }
                }))
                .build();
    }

    /** How many there were. */
    int count() {
        return conflicts.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
