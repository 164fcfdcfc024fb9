package dev.muster.simulation.process;

import dev.muster.cluster.Download;
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
import org.jspecify.annotations.Nullable;

/** One pod's process, from its start until its end was reported. */
final class PodProcess {
    private static final System.Logger LOG = System.getLogger(PodProcess.class.getName());
    /** How long a process that left children behind may keep its output open. */
    private static final Duration DRAIN = Duration.ofSeconds(1);
    /** How long a wrapper may take from its claim to its pid. */
    private static final Duration CLAIM = Duration.ofSeconds(10);
    /** How long after its start a process may miss a signal. */
    private static final Duration YOUTH = Duration.ofSeconds(2);
    /** How long after the first TERM a young process gets the second. */
    private static final Duration SECOND_THOUGHT = Duration.ofSeconds(1);
    /** An exit code is looked for each time, a death without one less often. */
    private static final int LOOKS_PER_CHECK = 10;

    private final PodRef pod;
    private final PodDirectory files;
    private final Means means;
    private boolean stopped;
    private boolean asked;
    private boolean killed;
    private boolean begun;
    private boolean started;
    private boolean fetching;
    private boolean fetched;
    private int looks;
    private boolean suspected;
    private @Nullable Runnable lastReport;
    private boolean reported;

    PodProcess(PodRef pod, PodDirectory files, Means means) {
        this.pod = pod;
        this.files = files;
        this.means = means;
    }

    synchronized void ensure(PodCommand command) {
        if (files.startedAt().isEmpty()) {
            if (stopped) {
                end(null, PodEnd.RELEASED, "released before it started");
                return;
            }
            if (!command.downloads().isEmpty() && !fetched) {
                fetch(command);
                return;
            }
            Optional<String> refusal = start(command);
            if (refusal.isPresent()) {
                refuse(refusal.get());
                return;
            }
        } else {
            files.pagePort().ifPresent(port -> means.ports().keep(pod, port));
        }
        started = true;
        look();
    }

    private void fetch(PodCommand command) {
        fetching = true;
        means.fetch().begin(command.downloads(), files.artifacts(), fault -> means.workers()
                .soon(() -> fetched(command, fault)));
    }

    private synchronized void fetched(PodCommand command, Optional<String> fault) {
        fetching = false;
        fetched = true;
        if (lastReport != null) {
            return;
        }
        if (fault.isPresent()) {
            refuse(fault.get());
        } else {
            ensure(command);
        }
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
            Map<String, String> environment =
                    means.variables().of(command, files, means.ports().give(pod));
            if (!command.downloads().isEmpty()) {
                environment.put(Download.DIRECTORY, files.artifacts().toString());
            }
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
        ProcessBuilder builder = new ProcessBuilder(means.wrapper().around(files, means.outputLimit(), whole))
                .directory(files.work().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.output().toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.start().onExit().thenAccept(child -> means.workers().soon(() -> wrapperEnded(child.exitValue())));
        means.workers().later(Duration.ofMillis(10), this::look);
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
        if (fetching) {
            end(null, PodEnd.RELEASED, "released before it started");
            return;
        }
        ask();
        means.workers().later(grace, this::kill);
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
                means.workers().later(SECOND_THOUGHT, this::askAgain);
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
                if (means.wrapper().makesGroup()) {
                    means.table().signalGroup(signal, pid);
                } else {
                    means.table().signalTree(signal.equals("KILL"), pid);
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
        means.table().startedWith(means.variables().mark(pod)).forEach(straggler -> means.table()
                .signalTree(true, straggler));
    }

    private boolean isAlive(long pid) {
        return files.startedAt()
                .filter(at -> means.table().isAlive(pid, means.variables().mark(pod), at))
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
            means.reports().began(pod, files.startedAt().get());
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
        } else if (code != 0 && anotherServesAtItsPort()) {
            // Seen twice: what it left behind may serve for a moment longer than it lives.
            if (suspected) {
                end(null, PodEnd.OTHER, taken(code));
            }
            suspected = true;
        } else {
            end(code, PodEnd.EXITED, code > 128 ? "ended by signal " + (code - 128) : "");
        }
    }

    private boolean anotherServesAtItsPort() {
        return files.pagePort().filter(PagePorts::isServedAt).isPresent()
                && means.table().startedWith(means.variables().mark(pod)).isEmpty();
    }

    /** Without an exit code: that another program was faster is not its own fault, and its next attempt is told another port. */
    private String taken(int code) {
        return "it exited with %d, and another program of this machine serves at port %d, which it was told by %s"
                .formatted(code, files.pagePort().orElse(0), Variables.PAGE_PORT);
    }

    private void vanished() {
        if (stopped) {
            end(137, PodEnd.RELEASED, killed ? "released, killed after its grace" : "released");
        } else {
            end(137, PodEnd.OTHER, "the process is gone without an exit code: killed, or the machine restarted");
        }
    }

    private void end(@Nullable Integer code, PodEnd cause, String message) {
        lastReport = () -> means.reports().ended(pod, code, cause, message);
        deliver();
    }

    /** A report that nobody could take is given again at the next look. */
    private void deliver() {
        if (lastReport != null && !reported) {
            lastReport.run();
            reported = true;
        }
    }

    /** True when the end was reported and taken: nobody need look any more. */
    synchronized boolean isReported() {
        return reported;
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /** What every pod's process works with. */
    record Means(
            long outputLimit,
            ProcessReports reports,
            Wrapper wrapper,
            ProcessTable table,
            Variables variables,
            Workers workers,
            Fetch fetch,
            PagePorts ports) {}
}
