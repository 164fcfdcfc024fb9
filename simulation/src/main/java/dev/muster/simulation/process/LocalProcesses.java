package dev.muster.simulation.process;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodRef;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs pods as processes. Processes outlive this program: who opens the same directory later finds them again by
 * {@link #ensure}. A command runs at most once. Safe for any number of threads; no call waits for a process.
 */
public final class LocalProcesses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalProcesses.class.getName());
    /** How often running processes are looked at, besides the moment when this program's own children end. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Path directory;
    private final long outputLimit;
    private final ProcessReports reports;
    private final Wrapper wrapper;
    private final ProcessTable table = new ProcessTable();
    private final Variables variables;
    private final Outputs outputs;
    private final Map<PodRef, PodProcess> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor workers;

    /** Opens {@code directory}, which is made where it is missing; of each output {@code outputLimit} bytes are kept. */
    public LocalProcesses(Path directory, long outputLimit, ProcessReports reports) {
        this(directory, outputLimit, reports, Wrapper.ofThisMachine());
    }

    LocalProcesses(Path directory, long outputLimit, ProcessReports reports, Wrapper wrapper) {
        this.directory = directory.toAbsolutePath();
        this.outputLimit = outputLimit;
        this.reports = reports;
        this.wrapper = wrapper;
        this.outputs = new Outputs(this.directory);
        this.variables = new Variables(outputs.cluster());
        this.workers = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, "local-processes");
            thread.setDaemon(true);
            return thread;
        });
        workers.scheduleWithFixedDelay(
                () -> running.values().forEach(process -> guarded(process::look)),
                LOOK_EVERY.toMillis(),
                LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Starts the pod's process, or finds the one that was started; then reports its begin and its end. */
    public void ensure(PodCommand command) {
        PodProcess process = new PodProcess(command.pod());
        if (running.putIfAbsent(command.pod(), process) == null) {
            work(() -> process.ensure(command));
        }
    }

    /** Asks the pod's processes to stop, kills those that are left after {@code grace}, then reports the end. */
    public void stop(PodRef pod, Duration grace) {
        PodProcess process = running.get(pod);
        if (process != null) {
            work(() -> process.stop(grace));
        }
    }

    /** Kills every process of this cluster that belongs to none of {@code known}, as a restart may find them. */
    public void endAllBut(Set<PodRef> known) {
        Set<String> names = known.stream().map(PodRef::toString).collect(Collectors.toSet());
        for (long pid : table.startedWith(variables.mark())) {
            if (!names.contains(table.environment(pid).getOrDefault(Variables.POD, ""))) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Process {0} belongs to no known attempt and is killed",
                        Long.toString(pid));
                table.signalTree(true, pid);
            }
        }
        outputs.retire(names);
    }

    /** Output of the pod from {@code offset}; {@code ended} says that nothing is written any more. */
    public LogChunk log(PodRef pod, long offset, int limit, boolean ended) {
        return outputs.of(pod).read(offset, limit, ended);
    }

    /** True where some output of the pod is kept. */
    public boolean knows(PodRef pod) {
        return outputs.of(pod).exists();
    }

    /** The pod is gone: its files go, its output stays for a while. */
    public void retire(PodRef pod) {
        work(() -> outputs.retire(pod));
    }

    /** Stops looking; processes go on. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void work(Runnable task) {
        later(Duration.ZERO, task);
    }

    private void later(Duration delay, Runnable task) {
        try {
            workers.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closed: local processes are left to themselves");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A local process could not be handled; it is looked at again", e);
        }
    }

    /** One pod's process, from its start until its end was reported. */
    private final class PodProcess {
        /** How long a process that left children behind may keep its output open. */
        private static final Duration DRAIN = Duration.ofSeconds(1);
        /** How long a wrapper may take from its claim to its pid. */
        private static final Duration CLAIM = Duration.ofSeconds(10);
        /** How long after its start a process may miss a signal. */
        private static final Duration YOUTH = Duration.ofMillis(500);
        /** An exit code is looked for each time, a death without one less often. */
        private static final int LOOKS_PER_CHECK = 10;

        private final PodRef pod;
        private final PodDirectory files;
        private boolean stopped;
        private boolean asked;
        private boolean killed;
        private boolean begun;
        private boolean started;
        private int looks;
        private @Nullable Runnable lastReport;

        PodProcess(PodRef pod) {
            this.pod = pod;
            this.files = outputs.of(pod);
        }

        synchronized void ensure(PodCommand command) {
            if (files.startedAt().isEmpty()) {
                if (stopped) {
                    end(null, PodEnd.RELEASED, "released before it started");
                    return;
                }
                Optional<String> refusal = start(command);
                if (refusal.isPresent()) {
                    refuse(refusal.get());
                    return;
                }
            }
            started = true;
            look();
        }

        private Optional<String> start(PodCommand command) {
            if (command.fault() != null) {
                return Optional.of(command.fault());
            }
            if (command.command().isEmpty()) {
                return Optional.of("no command: a pool of local processes needs one, images are not looked into");
            }
            try {
                files.create();
                files.say(command.remarks());
                Map<String, String> environment = variables.of(command, files);
                String name = command.command().get(0);
                Optional<Path> program = Variables.program(name, environment, files);
                if (program.isEmpty()) {
                    return Optional.of("command '%s' is not an executable file on PATH %s"
                            .formatted(shortened(name), environment.get("PATH")));
                }
                run(command, environment, program.get());
                return Optional.empty();
            } catch (IOException | IllegalArgumentException e) {
                return Optional.of("the command could not be started: " + shortened(e.toString()));
            }
        }

        private void run(PodCommand command, Map<String, String> environment, Path program) throws IOException {
            // The whole path, because the wrapper's shell would take a name such as "exit" for its own.
            List<String> whole = new ArrayList<>(command.command());
            whole.set(0, program.toString());
            ProcessBuilder builder = new ProcessBuilder(wrapper.around(files, outputLimit, whole))
                    .directory(files.work().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(files.output().toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.start().onExit().thenAccept(child -> work(() -> wrapperEnded(child.exitValue())));
            later(Duration.ofMillis(10), this::look);
        }

        private synchronized void wrapperEnded(int exitCode) {
            if (files.startedAt().isEmpty() && lastReport == null) {
                refuse("the shell around the command ended with %d before it started".formatted(exitCode));
            } else {
                looks = 0;
                look();
            }
        }

        private void refuse(String why) {
            try {
                files.create();
                files.say(List.of("muster: " + why));
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "The output of {0} cannot be written: {1}", pod, e);
            }
            end(null, PodEnd.CONFIG, why);
        }

        synchronized void stop(Duration grace) {
            if (stopped) {
                return;
            }
            stopped = true;
            ask();
            later(grace, this::kill);
        }

        /**
         * Sends TERM once; where the wrapper has not written its pid yet, the next look does it. A shell that is just starting
         * its command may swallow the signal, so a young process is asked a second time.
         */
        private void ask() {
            if (!asked && files.pid().isPresent()) {
                asked = true;
                boolean young = isYoungerThan(YOUTH);
                signal("TERM");
                if (young) {
                    later(YOUTH, this::askAgain);
                }
            }
        }

        private synchronized void askAgain() {
            if (lastReport == null) {
                signal("TERM");
            }
        }

        private synchronized void kill() {
            if (lastReport == null) {
                killed = true;
                signal("KILL");
                looks = 0;
                look();
            }
        }

        private void signal(String signal) {
            files.pid().filter(this::isAlive).ifPresent(pid -> {
                try {
                    if (wrapper.makesGroup()) {
                        table.signalGroup(signal, pid);
                    } else {
                        table.signalTree(signal.equals("KILL"), pid);
                    }
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0} could not be sent {1}: {2}", pod, signal, e);
                }
            });
            if (signal.equals("KILL")) {
                killStragglers();
            }
        }

        /** Those that left the group or lost their parents. */
        private void killStragglers() {
            table.startedWith(variables.mark(pod)).forEach(straggler -> table.signalTree(true, straggler));
        }

        private boolean isAlive(long pid) {
            return files.startedAt()
                    .filter(at -> table.isAlive(pid, variables.mark(pod), at))
                    .isPresent();
        }

        /** Reports what has happened since the last look. */
        synchronized void look() {
            if (lastReport != null) {
                deliver();
                return;
            }
            if (!started || files.startedAt().isEmpty()) {
                return;
            }
            if (!begun) {
                reports.began(pod, files.startedAt().get());
                begun = true;
            }
            if (stopped) {
                ask();
            }
            Optional<Integer> exitCode = files.exitCode();
            if (exitCode.isPresent()) {
                boolean drained = files.exitedAt()
                        .filter(at -> at.plus(DRAIN).isBefore(Instant.now()))
                        .isPresent();
                if (drained || !isAlive()) {
                    signal("KILL");
                    exited(exitCode.get());
                }
            } else if (looks++ % LOOKS_PER_CHECK == 0 && !isAlive()) {
                signal("KILL");
                // It may have ended between the two looks above.
                files.exitCode().ifPresentOrElse(this::exited, this::vanished);
            }
        }

        /** True where the wrapper lives, or is so young that it has not written its pid. */
        private boolean isAlive() {
            Optional<Long> pid = files.pid();
            return pid.isPresent() ? isAlive(pid.get()) : isYoungerThan(CLAIM);
        }

        private boolean isYoungerThan(Duration age) {
            return files.startedAt()
                    .filter(at -> at.plus(age).isAfter(Instant.now()))
                    .isPresent();
        }

        private void exited(int code) {
            if (stopped) {
                end(code, PodEnd.RELEASED, "released");
            } else {
                end(code, PodEnd.EXITED, code > 128 ? "ended by signal " + (code - 128) : "");
            }
        }

        private void vanished() {
            if (stopped) {
                end(137, PodEnd.RELEASED, killed ? "released, killed after its grace" : "released");
            } else {
                end(137, PodEnd.OTHER, "the process is gone without an exit code: killed, or the machine restarted");
            }
        }

        private void end(@Nullable Integer code, PodEnd cause, String message) {
            lastReport = () -> reports.ended(pod, code, cause, message);
            deliver();
        }

        /** A report that nobody could take is given again at the next look. */
        private void deliver() {
            if (lastReport != null && running.get(pod) == this) {
                lastReport.run();
                running.remove(pod, this);
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
