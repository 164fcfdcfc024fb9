package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the programs of the control plane are: built by {@code tools/controlplane/build}, once for each version of them. */
record Programs(Path directory) {
    /** Names the directory, where they are built already. */
    private static final String PROPERTY = "muster.controlplane";

    static Programs find() {
        String given = System.getProperty(PROPERTY, "");
        return new Programs(given.isEmpty() ? build() : Path.of(given));
    }

    String path(String name) {
        Path program = directory.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    "There is no program %s; tools/controlplane/build makes it".formatted(program));
        }
        return program.toString();
    }

    private static Path build() {
        Path script = script();
        try {
            Process building = new ProcessBuilder(script.toString())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(building.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = building.waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d; see what it wrote above".formatted(script, code));
            }
            return Path.of(printed);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the control plane was built", e);
        }
    }

    private static Path script() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("tools/controlplane/build");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException("No tools/controlplane/build above %s; run tests inside the clone, or set -D%s"
                .formatted(Path.of("").toAbsolutePath(), PROPERTY));
    }
}
