package dev.muster.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Types commands in one directory, with an environment that lasts from one to the next; all of it is kept as a transcript. */
final class Operator {
    private static final String REMEMBERING =
            "if [ -f .environment ]; then . ./.environment; fi; set -euo pipefail%n%s%nexport -p >.environment%n";

    private final Path directory;
    private final Map<String, String> environment;
    private final Path transcript;
    private int typed;

    Operator(Path directory, Map<String, String> environment, Path transcript) {
        this.directory = directory;
        this.environment = environment;
        this.transcript = transcript;
    }

    /** What a command left: exit code, and what it wrote to both streams. */
    record Outcome(int code, String text) {}

    Outcome types(String command) throws IOException, InterruptedException {
        Path output = directory.resolve(".output-" + ++typed);
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", REMEMBERING.formatted(command))
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Outcome outcome = new Outcome(
                ended ? process.exitValue() : -1,
                Files.readString(output) + (ended ? "" : "\n(it did not end within five minutes)"));
        Files.writeString(
                transcript,
                "$ %s%n%s(%d)%n%n".formatted(command, outcome.text(), outcome.code()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return outcome;
    }

    void writes(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
