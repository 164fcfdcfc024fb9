package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built command as users run it: a process of its own, next to the packaged service. */
final class Packaged {
    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    private static final Path COMMAND = CLONE.resolve("cli/target/muster.jar");
    private static final Path SERVICE = CLONE.resolve("src/target/quarkus-app/quarkus-run.jar");
    private static final long PATIENCE_SECONDS = 180;

    private final Path home;

    /** What came out of a run. */
    record Result(int exitCode, String out, String err) {}

    /** {@code home} is where the service keeps its data. */
    Packaged(Path home) {
        assumeTrue(
                Files.exists(SERVICE),
                "the service is not packaged: ./muster test, or mvn verify of the whole project");
        this.home = home;
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                COMMAND.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MUSTER_HOME", home.toString());
        builder.environment().put("MUSTER_CLONE", CLONE.toString());
        builder.environment().put("MUSTER_SERVICE_JAR", SERVICE.toString());
        builder.environment().keySet().removeAll(List.of("MUSTER_SERVER", "MUSTER_TOKEN", "MUSTER_TEAM"));
        return builder.start();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile("muster-command", ".err");
        try {
            Process process = redirected(err, arguments);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("muster %s ends", List.of(arguments))
                    .isTrue();
            return new Result(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    private Process redirected(Path err, String... arguments) throws IOException {
        Process process = start(arguments);
        Thread copy = new Thread(() -> {
            try (var from = process.getErrorStream();
                    var to = Files.newOutputStream(err)) {
                from.transferTo(to);
            } catch (IOException e) {
                // The process is gone; what it said until then is in the file.
            }
        });
        copy.setDaemon(true);
        copy.start();
        return process;
    }

    /** Processes that have the home in their command line: the service and its database. */
    List<String> left() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(home.toString()))
                .toList();
    }

    Path home() {
        return home;
    }

    static Path python() {
        return CLONE.resolve("python");
    }

    static Path examples() {
        return CLONE.resolve("examples");
    }
}
