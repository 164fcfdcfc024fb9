package dev.muster.simulation.process;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodDoor;
import dev.muster.cluster.PodRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Runs pods as processes. Processes outlive this program: who opens the same directory later finds them again by
 * {@link #ensure}. A command runs at most once. Safe for any number of threads; no call waits for a process.
 */
public final class LocalProcesses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalProcesses.class.getName());
    /** How often running processes are looked at, besides the moment when this program's own children end. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ProcessTable table = new ProcessTable();
    private final Variables variables;
    private final Outputs outputs;
    private final Map<PodRef, PodProcess> running = new ConcurrentHashMap<>();
    private final Workers workers = new Workers();
    private final ProcessPages pages = new ProcessPages();
    private final PagePorts ports;
    private final PodProcess.Means means;

    /** Opens {@code directory}, which is made where it is missing; of each output {@code outputLimit} bytes are kept. */
    public LocalProcesses(Path directory, long outputLimit, ProcessReports reports) {
        this(directory, outputLimit, reports, Wrapper.ofThisMachine(), new PagePorts());
    }

    LocalProcesses(Path directory, long outputLimit, ProcessReports reports, Wrapper wrapper, PagePorts ports) {
        this.ports = ports;
        this.outputs = new Outputs(directory.toAbsolutePath());
        this.variables = new Variables(outputs.cluster());
        this.means = new PodProcess.Means(outputLimit, reports, wrapper, table, variables, workers, new Fetch(), ports);
        workers.always(LOOK_EVERY, this::look);
    }

    /** Starts the pod's process, or finds the one that was started; then reports its begin and its end. */
    public void ensure(PodCommand command) {
        PodProcess process = new PodProcess(command.pod(), outputs.of(command.pod()), means);
        if (running.putIfAbsent(command.pod(), process) == null) {
            workers.soon(() -> process.ensure(command));
        }
    }

    /** Asks the pod's processes to stop, kills those that are left after {@code grace}, then reports the end. */
    public void stop(PodRef pod, Duration grace) {
        PodProcess process = running.get(pod);
        if (process != null) {
            workers.soon(() -> process.stop(grace));
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
        for (PodDirectory files : outputs.allBut(names)) {
            killAbandoned(files);
        }
        outputs.retire(names);
    }

    /** Where there is no /proc only the pid that the wrapper wrote tells of an abandoned process. */
    private void killAbandoned(PodDirectory files) {
        Optional<Instant> startedAt = files.startedAt();
        Optional<Long> pid = files.pid();
        Map<String, String> mark = variables.mark(files.path().getFileName().toString());
        if (pid.isPresent() && startedAt.isPresent() && table.isAlive(pid.get(), mark, startedAt.get())) {
            table.signalTree(true, pid.get());
        }
    }

    /** Output of the pod from {@code offset}; {@code ended} says that nothing is written any more. */
    public LogChunk log(PodRef pod, long offset, int limit, boolean ended) {
        return outputs.of(pod).read(offset, limit, ended);
    }

    /** What its command left in its result file. */
    public Optional<String> lastWord(PodRef pod) {
        return outputs.of(pod).result();
    }

    /** What its process answers at the port that it was told; empty where nobody does. */
    public Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        return running.containsKey(pod) ? pages.ask(outputs.of(pod), request) : Optional.empty();
    }

    /** Where its process serves, if it runs. */
    public Optional<PodDoor> door(PodRef pod) {
        return running.containsKey(pod) ? outputs.of(pod).pagePort().map(PodDoor::here) : Optional.empty();
    }

    /** True where some output of the pod is kept. */
    public boolean knows(PodRef pod) {
        return outputs.of(pod).exists();
    }

    /** The pod is gone: its files go, its output stays for a while. */
    public void retire(PodRef pod) {
        workers.soon(() -> outputs.retire(pod));
    }

    /** Stops looking; processes go on. */
    @Override
    public void close() {
        workers.close();
    }

    private void look() {
        running.values().forEach(process -> workers.guarded(process::look));
        running.entrySet().removeIf(one -> {
            boolean over = one.getValue().isReported();
            if (over) {
                ports.free(one.getKey());
            }
            return over;
        });
    }
}
