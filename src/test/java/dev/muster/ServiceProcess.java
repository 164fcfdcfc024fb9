package dev.muster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The packaged service as users run it: a process of its own with its own data directory, on a free port. It may be killed,
 * stopped and started again on the same data. Closing it leaves nothing behind.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** One that has died is seen at once; one that lives is slow because the machine is busy. */
    private static final Duration START = Duration.ofMinutes(8);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path data;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Process process;
    private URI url;

    private ServiceProcess(Path data) {
        this.data = data;
    }

    /** Not started yet, with an empty data directory. */
    public static ServiceProcess create() {
        try {
            return new ServiceProcess(Files.createTempDirectory("muster-service"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting for every start from now on. */
    public ServiceProcess with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** The setting is left out from now on. */
    public ServiceProcess without(String key) {
        settings.remove(key);
        return this;
    }

    /** Starts it and waits until it is ready. */
    public ServiceProcess start() {
        launch();
        try {
            await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> isUp() || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "The service lives and is not ready after %s:\n%s".formatted(START, output()), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "The service has ended with %d:\n%s".formatted(process.exitValue(), output()));
        }
        return this;
    }

    /** Starts it and does not wait. */
    public Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dmuster.data=" + data,
                "-Dquarkus.http.port=0"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-jar",
                Clone.ROOT.resolve("src/target/quarkus-app/quarkus-run.jar").toString()));
        try {
            process = new ProcessBuilder(command)
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(outputFile().toFile()))
                    .start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data() {
        return data;
    }

    public URI url() {
        return url;
    }

    public Process process() {
        return process;
    }

    public String token() {
        try {
            return Files.readString(data.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it has printed, over all its starts. */
    public String output() {
        try {
            return Files.readString(outputFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    public HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** With the token, for what {@link #get} and {@link #send} do not say. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token());
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** {@code kill -9}: what it started goes on. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As Ctrl-C does; returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** The embedded database's own process; empty while there is none. */
    public Optional<ProcessHandle> postgres() {
        try {
            return Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of)
                    .filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Stops the database in an orderly way ("fast": open transactions are rolled back) and waits for its end. */
    public void stopPostgres() throws IOException, InterruptedException {
        ProcessHandle server = postgres().orElseThrow();
        new ProcessBuilder("sh", "-c", "kill -INT " + server.pid()).start().waitFor();
        await().atMost(PATIENCE).until(() -> postgres().filter(server::equals).isEmpty());
    }

    @Override
    public void close() {
        try {
            if (process != null && process.isAlive()) {
                stop();
            }
            postgres().ifPresent(server -> {
                server.destroyForcibly();
                await().atMost(PATIENCE)
                        .until(() -> !server.isAlive() || postgres().isEmpty());
            });
            // What it started may still write while it ends.
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .untilAsserted(this::delete);
        } catch (RuntimeException e) {
            throw new IllegalStateException("The service in %s could not be cleared away".formatted(data), e);
        }
    }

    /** This start answers and is ready. */
    public boolean isReady() {
        return isUp();
    }

    private boolean isUp() {
        try {
            Path file = data.resolve("service.json");
            if (!Files.exists(file)) {
                return false;
            }
            JsonNode service = new ObjectMapper().readTree(Files.readString(file));
            if (service.path("pid").asLong() != process.pid()) {
                return false;
            }
            url = URI.create(service.path("url").asText());
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The service does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path outputFile() {
        return data.resolve("output.log");
    }

    private void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
