package dev.muster.cli.local;

import dev.muster.api.client.MusterClient;
import dev.muster.cli.BadInput;
import dev.muster.cli.connection.Connection;
import dev.muster.cli.connection.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running service that we started. Closing ends it, its database and whatever else it started. */
public final class LocalService implements AutoCloseable {
    /** From nothing, with the database made; a slow disk included. */
    private static final Duration START = Duration.ofMinutes(3);
    /** It waits up to 30 s for its own end, then the database stops. */
    private static final Duration STOP = Duration.ofSeconds(50);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int SHOWN_LINES = 15;

    private final Process process;
    private final Home home;
    private final boolean throwAway;
    private final Thread atExit = new Thread(this::end, "end-service");
    private @Nullable URI url;
    private boolean ended;

    private LocalService(Process process, Home home, boolean throwAway) {
        this.process = process;
        this.home = home;
        this.throwAway = throwAway;
        // From here on a Ctrl-C ends it, too.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it and waits until it is ready; {@code waiting} is told every second how long it has been.
     *
     * @throws BadInput where it does not start; the end of its log says why
     */
    public static LocalService start(Launch launch, Consumer<Duration> waiting) {
        Home home = new Home(launch.data());
        Path log = home.file("service.log");
        Process process;
        try {
            Files.createDirectories(launch.data());
            Files.deleteIfExists(home.file("service.json"));
            if (Files.exists(log)) {
                Files.move(log, home.file("service.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            process = new ProcessBuilder(launch.command())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
        } catch (IOException e) {
            throw new BadInput("The service cannot be started: " + e.getMessage());
        }
        LocalService service = new LocalService(process, home, launch.throwAway());
        try {
            service.url = ready(process, home, waiting);
            return service;
        } catch (BadInput e) {
            service.close();
            throw e;
        }
    }

    private static URI ready(Process process, Home home, Consumer<Duration> waiting) {
        long began = System.nanoTime();
        long told = 0;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        while (true) {
            Duration since = Duration.ofNanos(System.nanoTime() - began);
            if (!process.isAlive()) {
                throw new BadInput(
                        "The service ended while it started (exit code %d)".formatted(process.exitValue()),
                        lastLines(home));
            }
            if (since.compareTo(START) > 0) {
                throw new BadInput("The service is not ready after " + START.toSeconds() + " s", lastLines(home));
            }
            var said = home.service().filter(running -> running.pid() == process.pid());
            if (said.isPresent() && isReady(http, said.get().url())) {
                return said.get().url();
            }
            if (since.toSeconds() > told) {
                told = since.toSeconds();
                waiting.accept(since);
            }
            pause(LOOK);
        }
    }

    private static boolean isReady(HttpClient http, URI url) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public URI url() {
        return Objects.requireNonNull(url);
    }

    public Home home() {
        return home;
    }

    public MusterClient client() {
        return new Connection(url(), home.token()).patientClient();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote last, for when it ended by itself. */
    public String lastWords() {
        return lastLines(home);
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // On the way out already; the hook finds nothing left to do.
        }
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        end(process);
        try {
            Files.deleteIfExists(home.file("service.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + home.file("service.json"), e);
        }
        if (throwAway) {
            try {
                Remains.delete(home.directory());
            } catch (IOException | UncheckedIOException e) {
                System.err.println("Left behind: " + home.directory() + " (" + e.getMessage() + ")");
            }
        }
    }

    private static void end(Process process) {
        // Asked now: what outlives the service is nobody's child afterwards.
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
            List<ProcessHandle> left =
                    started.stream().filter(ProcessHandle::isAlive).toList();
            left.forEach(ProcessHandle::destroy);
            for (int i = 0; i < 60 && left.stream().anyMatch(ProcessHandle::isAlive); i++) {
                pause(LOOK);
            }
            left.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static String lastLines(Home home) {
        Path log = home.file("service.log");
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.filter(line -> !line.isBlank()).toList();
            return log + " ends with\n"
                    + String.join("\n", all.subList(Math.max(0, all.size() - SHOWN_LINES), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "Its log " + log + " cannot be read: " + e.getMessage();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
