package dev.muster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of the control plane: started, stopped, killed, held still. It writes to one file, over all its starts, and ends
 * when this JVM ends, however that happens.
 */
final class Program {
    /** Its input is a pipe of this JVM: when the pipe ends, a watcher beside it kills the program, whose process id is the shell's. */
    private static final String ENDS_WITH_US =
            "exec 3<&0; me=$$; (cat <&3; kill -9 $me) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";

    private final String name;
    private final List<String> command;
    private final Path directory;
    private final Path log;
    private @Nullable Process process;

    Program(String name, List<String> command, Path directory) {
        this.name = name;
        this.command = List.copyOf(command);
        this.directory = directory;
        this.log = directory.resolve(name + ".log");
    }

    Path log() {
        return log;
    }

    synchronized void start() {
        if (runs()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", ENDS_WITH_US, name));
        words.addAll(command);
        try {
            process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + String.join(" ", command), e);
        }
    }

    synchronized boolean runs() {
        return process != null && process.isAlive();
    }

    /** Asks it to end; insists after ten seconds. */
    synchronized void stop() {
        end(false);
    }

    /** As by kill -9. */
    synchronized void kill() {
        end(true);
    }

    /** The program stands still until {@link #goOn}: it neither answers nor ends. */
    synchronized void hold() {
        signal("STOP");
    }

    synchronized void goOn() {
        signal("CONT");
    }

    /** The last lines of what it wrote. */
    String lastWords() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(cannot read " + log + ": " + e.getMessage() + ")";
        }
    }

    private void end(boolean atOnce) {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            if (!atOnce) {
                running.destroy();
            }
            if (atOnce || !running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                running.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    private void signal(String signal) {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("Cannot send " + signal + " to " + name + ": it does not run");
        }
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
