package dev.muster.simulation.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The processes of this machine. Where there is a {@code /proc} a process is known by the variables it was started with. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /** A wrapper writes its pid at once; this much the clock may have been corrected meanwhile. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(30);

    private final boolean hasEnvironments = Files.isReadable(PROC.resolve("self/environ"));

    /** True where {@code pid} lives and was started with {@code variables}, or, without /proc, about at {@code startedAt}. */
    boolean isAlive(long pid, Map<String, String> variables, Instant startedAt) {
        if (hasEnvironments) {
            return !isZombie(pid) && environment(pid).entrySet().containsAll(variables.entrySet());
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Duration.between(start, startedAt).abs().compareTo(CLOCK_CORRECTION) < 0)
                .isPresent();
    }

    /** Living processes that were started with {@code variables}, wherever they moved; none where there is no /proc. */
    List<Long> startedWith(Map<String, String> variables) {
        List<Long> found = new ArrayList<>();
        if (hasEnvironments) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path process : processes) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    if (environment(pid).entrySet().containsAll(variables.entrySet()) && !isZombie(pid)) {
                        found.add(pid);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("The processes of this machine cannot be listed: " + e, e);
            }
        }
        return found;
    }

    /** The variables a process was started with; empty where it is gone or another user's. */
    Map<String, String> environment(long pid) {
        Map<String, String> variables = new HashMap<>();
        try {
            String all = new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")), StandardCharsets.UTF_8);
            for (String variable : all.split("\0")) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return variables;
    }

    private static boolean isZombie(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The state follows the name, which is in parentheses and may hold anything.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException | IndexOutOfBoundsException e) {
            return true;
        }
    }

    /** Sends {@code signal} (TERM, KILL) to every process of the group; a group that is gone is no error. */
    void signalGroup(String signal, long group) throws IOException {
        Process kill = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "muster", signal, Long.toString(group))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            kill.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@code pid} and those that it started, as far as they are known. */
    void signalTree(boolean kill, long pid) {
        Optional<ProcessHandle> root = ProcessHandle.of(pid);
        List<ProcessHandle> all = new ArrayList<>();
        root.ifPresent(process -> process.descendants().forEach(all::add));
        root.ifPresent(all::add);
        all.forEach(process -> {
            if (kill) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        });
    }
}
