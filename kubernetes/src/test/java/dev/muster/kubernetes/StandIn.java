package dev.muster.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in for an API server where a test says itself what it answers, with the real client, which asks once. */
public final class StandIn implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final KubernetesClient client;

    private StandIn(HttpServer server, ExecutorService threads, KubernetesClient client) {
        this.server = server;
        this.threads = threads;
        this.client = client;
    }

    public static StandIn start(HttpHandler handler) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.setExecutor(threads);
        server.start();
        Config config = Config.fromKubeconfig("""
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                users: [{name: test, user: {}}]
                current-context: test
                """.formatted(server.getAddress().getPort()));
        config.setRequestRetryBackoffLimit(0);
        return new StandIn(
                server,
                threads,
                new KubernetesClientBuilder().withConfig(config).build());
    }

    public static void answer(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        // Not the exchange: that would close the connection, which the client means to use again.
        try (OutputStream answer = exchange.getResponseBody()) {
            answer.write(bytes);
        }
    }

    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
