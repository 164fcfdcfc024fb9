package dev.muster.cli.local;

import dev.muster.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a service is started: its jar, where it keeps its data ({@code throwAway}: deleted at its end), on which port (0: any
 * free one), with which settings besides.
 */
public record Launch(Path jar, Path data, boolean throwAway, int port, Map<String, String> settings) {
    /** As in deploy/Dockerfile: only what is hot is compiled a second time. */
    private static final List<String> SPARING_COMPILER = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    public Launch {
        settings = Map.copyOf(settings);
    }

    /** For one purpose: in a new directory under {@code home}, on any port, nothing kept. */
    public static Launch throwAway(Path jar, Path home, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("muster.embedded.durable", "false");
        try {
            Files.createDirectories(home);
            return new Launch(jar, Files.createTempDirectory(home, "replay-"), true, 0, all);
        } catch (IOException e) {
            throw new BadInput(
                    "Cannot make a directory in %s: %s".formatted(home, e.getMessage()), "MUSTER_HOME names another.");
        }
    }

    /** MUSTER_SERVICE_JAR, as {@code ./muster} sets it. */
    public static Path jar(Map<String, String> environment) {
        String told = environment.getOrDefault("MUSTER_SERVICE_JAR", "");
        if (told.isEmpty() || !Files.isRegularFile(Path.of(told))) {
            throw new BadInput(
                    told.isEmpty()
                            ? "Nobody says where the service is: MUSTER_SERVICE_JAR is not set"
                            : "There is no service at " + told + " (MUSTER_SERVICE_JAR)",
                    "./muster builds and finds it by itself: use that, or name a running service with --server.");
        }
        return Path.of(told);
    }

    /** In a session of its own where the system can: a Ctrl-C at the terminal is for us, who then end it in order. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        if (hasSetsid()) {
            command.add("setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.add("-XX:-UsePerfData");
        command.addAll(SPARING_COMPILER);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-Dmuster.data=" + data);
        command.add("-Dquarkus.http.port=" + port);
        new TreeMap<>(settings).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    private static boolean hasSetsid() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "setsid"))) {
                return true;
            }
        }
        return false;
    }
}
