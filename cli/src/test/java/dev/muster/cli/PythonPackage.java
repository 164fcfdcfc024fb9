package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Python package as its users have it: a wheel, installed apart from everything else; nothing is fetched for it. */
final class PythonPackage {
    private static final String SUITABLE = "import sys, pip; sys.exit(sys.version_info < (3, 9))";
    private static final long PATIENCE_SECONDS = 300;

    private final Path installed;
    private final Path home;

    /** Skipped where there is no Python, but for where one is required, as in CI; {@code home} is the service's. */
    PythonPackage(Path directory, Path home) throws IOException, InterruptedException {
        boolean suitable = hasPython();
        if (!"yes".equals(System.getenv("MUSTER_REQUIRE_PYTHON"))) {
            assumeTrue(suitable, "needs python3, 3.9 or newer, with pip, in PATH: the Python package is not tested");
        }
        assertThat(suitable).as("python3, 3.9 or newer, with pip").isTrue();
        this.home = home;
        Path wheels = Files.createDirectories(directory.resolve("wheels"));
        this.installed = directory.resolve("installed");
        String pip = "python3 -m pip --disable-pip-version-check -q ";
        run(
                pip + "wheel --no-deps --no-index -w",
                wheels.toString(),
                Packaged.python().toString());
        try (Stream<Path> built = Files.list(wheels)) {
            String wheel = built.findFirst().orElseThrow().toString();
            run(pip + "install --no-deps --no-index --target", installed.toString(), wheel);
        }
    }

    /** What unittest said of {@code tests}, which all passed. */
    String tested(String python, String tests) throws IOException, InterruptedException {
        return run(python + " -m unittest", tests);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", SUITABLE).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // There is no such program.
        }
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.split(" ")));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("muster-python", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Packaged.python().resolve("tests").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
        builder.environment()
                .putAll(Map.of(
                        "MUSTER_HOME",
                        String.valueOf(home),
                        "PYTHONPATH",
                        installed + (command.contains("discover") ? ":double" : ""),
                        "PYTHONDONTWRITEBYTECODE",
                        "1"));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(said, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends: %s", command, text).isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
            return text;
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
