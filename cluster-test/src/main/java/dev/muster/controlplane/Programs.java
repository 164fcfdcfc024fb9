package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where programs that tests start are: built by {@code tools/controlplane/build}, once for each version of them. Properties of the
 * JVM name their directories where they are built already: {@code muster.controlplane}, {@code muster.helm}, ….
 */
public record Programs(Path directory) {
    private static final String CONTROL_PLANE = "controlplane";

    /** Those of the control plane. */
    static Programs find() {
        return find(CONTROL_PLANE, List.of());
    }

    /**
     * Those of one of the modules beside the control plane, such as {@code helm}.
     *
     * @throws IllegalStateException where they cannot be built; what the build said is on standard error
     */
    public static Programs of(String module) {
        return find(module, List.of(module));
    }

    private static Programs find(String name, List<String> arguments) {
        String given = System.getProperty("muster." + name, "");
        return new Programs(given.isEmpty() ? build(arguments) : Path.of(given));
    }

    /** The path of one of them. */
    public String path(String name) {
        Path program = directory.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    "There is no program %s; tools/controlplane/build makes it".formatted(program));
        }
        return program.toString();
    }

    /** What a program left: its exit code, and what it wrote to both streams. */
    public record Run(int code, String text) {}

    /** Runs one of them to its end, with nothing on its standard input. */
    public Run run(String name, List<String> arguments) {
        return run(path(name), arguments, ProcessBuilder.Redirect.PIPE);
    }

    private static Path build(List<String> arguments) {
        String script = script().toString();
        Run built = run(script, arguments, ProcessBuilder.Redirect.INHERIT);
        if (built.code() != 0) {
            throw new IllegalStateException(
                    "%s %s ended with %d; see what it wrote above".formatted(script, arguments, built.code()));
        }
        return Path.of(built.text().strip());
    }

    private static Run run(String program, List<String> arguments, ProcessBuilder.Redirect errors) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        process.redirectError(errors).redirectErrorStream(errors == ProcessBuilder.Redirect.PIPE);
        try {
            Process started = process.start();
            String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(started.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while %s ran".formatted(program), e);
        }
    }

    private static Path script() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("tools/controlplane/build");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException(
                "No tools/controlplane/build above %s; run tests inside the clone, or set -Dmuster.%s"
                        .formatted(Path.of("").toAbsolutePath(), CONTROL_PLANE));
    }
}
