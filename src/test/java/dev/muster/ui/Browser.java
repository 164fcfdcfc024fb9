package dev.muster.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Chromium with one tab, led by its DevTools protocol. Everything that the console complains about is kept in
 * {@link #complaints()}.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private Browser(Process process, Path profile, URI tab) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(tab, new Ear())
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        Stream.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(domain -> call(domain, Map.of()));
    }

    /** Where Chromium is: {@code MUSTER_CHROMIUM}, else the usual place; empty where there is none. */
    static Optional<Path> executable() {
        String named = System.getenv("MUSTER_CHROMIUM");
        return Stream.of(
                        named == null ? "" : named,
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser open(Path executable) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory("muster-chromium");
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path said = profile.resolve("DevToolsActivePort");
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(said) || Files.readAllLines(said).isEmpty()) {
            if (System.nanoTime() > until || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s did not open its debugging port".formatted(executable));
            }
        }
        String port = Files.readAllLines(said).get(0);
        JsonNode tabs = JSON.readTree(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        for (JsonNode tab : tabs) {
            if (tab.path("type").asText().equals("page")) {
                return new Browser(
                        process,
                        profile,
                        URI.create(tab.path("webSocketDebuggerUrl").asText()));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("%s has no tab".formatted(executable));
    }

    /** Errors of scripts and of the console, refused content, failed requests. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What was complained of so far was expected. */
    void forgive() {
        complaints.clear();
    }

    /** A window of this many CSS pixels, with the given {@code prefers-color-scheme}. */
    void look(int width, int height, String scheme) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void scripts(boolean on) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    void visit(String address) {
        loaded = new CompletableFuture<>();
        JsonNode answer = call("Page.navigate", Map.of("url", address));
        if (answer.has("errorText")) {
            throw new IllegalStateException("Cannot open %s: %s"
                    .formatted(address, answer.path("errorText").asText()));
        }
        loaded.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The value of an expression in the page, awaited where it is a promise. */
    JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Presses a key and lets it go: {@code Tab}, {@code Enter}, {@code Escape}, {@code Space}. */
    void press(String code) {
        int number = Map.of("Tab", 9, "Enter", 13, "Escape", 27, "Space", 32).get(code);
        String text = Map.of("Enter", "\r", "Space", " ").get(code);
        String key = code.equals("Space") ? text : code;
        Map<String, Object> down = new HashMap<>(Map.of(
                "type",
                text == null ? "rawKeyDown" : "keyDown",
                "key",
                key,
                "code",
                code,
                "windowsVirtualKeyCode",
                number));
        if (text != null) {
            down.put("text", text);
        }
        call("Input.dispatchKeyEvent", down);
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", code, "windowsVirtualKeyCode", number));
    }

    /** The same while Shift or Control is held. */
    void pressWith(Held held, String key, int code) {
        Map<String, Object> parameters = Map.of(
                "modifiers", held.bit, "key", key, "code", key, "windowsVirtualKeyCode", code, "type", "rawKeyDown");
        call("Input.dispatchKeyEvent", parameters);
        Map<String, Object> up = new HashMap<>(parameters);
        up.put("type", "keyUp");
        call("Input.dispatchKeyEvent", up);
    }

    enum Held {
        CONTROL(2),
        SHIFT(8);

        private final int bit;

        Held(int bit) {
            this.bit = bit;
        }
    }

    /** Where the cursor is, as from a keyboard. */
    void types(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** What the window shows, or the whole page, as a PNG. */
    byte[] picture(boolean whole) {
        JsonNode answer = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
        return Base64.getDecoder().decode(answer.path("data").asText());
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void hear(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt());
            if (message.has("error")) {
                answer.completeExceptionally(
                        new IllegalStateException(message.path("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode about = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" ->
                complaints.add(about.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (about.path("type").asText().equals("error")) {
                    complaints.add(about.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (about.path("entry").path("level").asText().equals("error")) {
                    complaints.add(about.path("entry").path("text").asText() + " "
                            + about.path("entry").path("url").asText());
                }
            }
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly)
                .join();
        delete(profile);
    }

    /** Children of the browser may still write there for a moment. */
    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                visited.toFile().delete();
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Puts the parts of a message together. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                String message = parts.toString();
                parts.setLength(0);
                try {
                    hear(JSON.readTree(message));
                } catch (IOException e) {
                    complaints.add("Not JSON: " + message);
                }
            }
            from.request(1);
            return null;
        }
    }
}
