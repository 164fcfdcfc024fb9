package dev.muster.simulation;

import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodDoor;
import dev.muster.cluster.PodRef;
import dev.muster.simulation.process.LocalProcesses;
import dev.muster.simulation.process.ProcessReports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pods that are processes of this machine; where processes may not run there are none. */
final class LocalPods implements AutoCloseable {
    private final SimulationSettings settings;
    private final @Nullable LocalProcesses processes;

    LocalPods(SimulationSettings settings, ProcessReports reports) {
        this.settings = settings;
        Path directory = settings.directory();
        this.processes = directory == null || settings.isVirtual() ? null : open(directory, reports);
    }

    private @Nullable LocalProcesses open(Path kept, ProcessReports reports) {
        Path directory = kept.resolve("processes");
        if (settings.localProcesses()) {
            return new LocalProcesses(directory, settings.outputLimit(), reports);
        }
        if (Files.isDirectory(directory)) {
            // They were allowed once; what still runs may not go on.
            try (LocalProcesses old = new LocalProcesses(directory, settings.outputLimit(), reports)) {
                old.endAllBut(Set.of());
            }
        }
        return null;
    }

    /** Why no pod may be a process here; empty where they may. */
    Optional<String> refusal() {
        if (processes != null) {
            return Optional.empty();
        }
        return Optional.of(
                settings.localProcesses()
                        ? "local processes run only on a real clock, in a cluster that is kept in a directory"
                        : "local processes are not allowed here: the operator has to say so");
    }

    /** Processes of any other pods end. */
    void endAllBut(Collection<SimulatedPod> pods) {
        if (processes != null) {
            processes.endAllBut(pods.stream().map(SimulatedPod::ref).collect(Collectors.toSet()));
        }
    }

    void start(SimulatedPod pod) {
        if (processes != null) {
            processes.ensure(LocalCommand.of(pod, settings.service().get()));
        }
    }

    void stop(SimulatedPod pod) {
        if (processes != null) {
            Duration grace =
                    pod.ended() ? Duration.ZERO : pod.crew().gang().gang().grace();
            processes.stop(pod.ref(), grace);
        }
    }

    /** Nobody asks for them any more. */
    void retire(SimulatedGang gang) {
        if (processes != null) {
            gang.allCrews()
                    .flatMap(crew -> crew.pods().stream())
                    .filter(SimulatedPod::local)
                    .forEach(pod -> processes.retire(pod.ref()));
        }
    }

    LogChunk log(PodRef pod, Output output, long offset, int limit) {
        return processes != null && (output.local() || (output.unknown() && processes.knows(pod)))
                ? processes.log(pod, offset, limit, output.unknown() || output.ended())
                : output.chunk(offset, limit);
    }

    Optional<String> lastWord(PodRef pod) {
        return processes == null ? Optional.empty() : processes.lastWord(pod);
    }

    Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        return processes == null ? Optional.empty() : processes.page(pod, request);
    }

    Optional<PodDoor> door(PodRef pod) {
        return processes == null ? Optional.empty() : processes.door(pod);
    }

    /** They go on, and are found when the cluster is opened again. */
    @Override
    public void close() {
        if (processes != null) {
            processes.close();
        }
    }
}
