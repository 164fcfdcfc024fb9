package dev.muster.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service that answers what it was told to, by method and path without query; and remembers what it was asked. */
public final class FakeService implements AutoCloseable {
    public record Asked(String method, String target, String body, String authorization) {}

    public record Answer(int status, String type, String body, String location) {
        public Answer(int status, String type, String body) {
            this(status, type, body, "");
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code call} is such as {@code GET /teams}. */
    public FakeService on(String call, String json) {
        return on(call, asked -> new Answer(200, "application/json", json));
    }

    public FakeService on(String call, Function<Asked, Answer> answer) {
        answers.put(call, answer);
        return this;
    }

    public static Answer problem(int status, String code, String rest) {
        return new Answer(
                status,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":%d,\"code\":\"%s\"%s}"
                        .formatted(status, code, rest));
    }

    public List<Asked> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Asked now = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                authorization == null ? "" : authorization);
        asked.add(now);
        String key = now.method() + " " + exchange.getRequestURI().getPath().replaceFirst("^/api/v1", "");
        Function<Asked, Answer> told = answers.get(key);
        Answer answer = told == null ? problem(404, "NOT_FOUND", ",\"detail\":\"no " + key + "\"") : told.apply(now);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (!answer.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
