package dev.muster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged command as people run it, with what it keeps in a directory of its own. */
public final class CommandProcess {
    private static final Path JAR = Clone.ROOT.resolve("cli/target/muster.jar");
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;

    public CommandProcess(Path home) {
        this.home = home;
    }

    public static boolean isBuilt() {
        return Files.exists(JAR);
    }

    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "command", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("MUSTER_SERVER", "MUSTER_TOKEN", "MUSTER_TEAM"));
        builder.environment().put("MUSTER_HOME", home.toString());
        builder.environment().put("MUSTER_CONFIG", home.toString());
        return new Running(builder.start(), output);
    }

    /** One call of it. */
    public record Running(Process process, Path output) {
        /** The first group of the pattern in what it says, as soon as it does. */
        public String awaitLine(String pattern) {
            return await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(
                            () -> {
                                Matcher found = Pattern.compile(pattern).matcher(said());
                                return found.find() ? found.group(1) : "";
                            },
                            text -> !text.isEmpty());
        }

        public int exitCode() throws InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The command does not end:\n" + said());
            }
            return process.exitValue();
        }

        public String said() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
