package dev.muster.cli.local;

import dev.muster.cli.BadInput;
import dev.muster.cli.connection.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What an earlier service left: still running, or its files. */
public final class Remains {
    /** What the service writes; anything else in the directory is somebody's. */
    private static final List<String> OURS =
            List.of("lock", "postgres", "cluster", "token", "service.json", "service.log", "service.log.1");

    private static final long PATIENCE_SECONDS = 60;

    private Remains() {}

    /** Ends the service that runs with this data and all that it started; false where none does. */
    public static boolean stop(Home home) {
        Optional<ProcessHandle> service = home.service()
                .flatMap(running -> ProcessHandle.of(running.pid()))
                .filter(Remains::isService);
        if (service.isEmpty()) {
            return false;
        }
        List<ProcessHandle> started = service.get().descendants().toList();
        service.get().destroy();
        try {
            service.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            service.get().destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroy);
        return true;
    }

    /** The number may since have gone to somebody else's process. */
    private static boolean isService(ProcessHandle process) {
        return process.info().command().map(command -> command.endsWith("java")).orElse(false);
    }

    public static void delete(Home home) {
        try {
            for (String name : OURS) {
                Path path = home.file(name);
                if (Files.exists(path)) {
                    delete(path);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new BadInput("Cannot delete the data in %s: %s".formatted(home.directory(), e.getMessage()));
        }
    }

    static void delete(Path path) throws IOException {
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
