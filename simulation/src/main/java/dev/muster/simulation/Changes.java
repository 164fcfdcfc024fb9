package dev.muster.simulation;

import dev.muster.quota.name.AttemptId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changed since somebody last looked: for listeners, and for those who start and stop processes. */
final class Changes {
    private final Set<AttemptId> attempts = new LinkedHashSet<>();
    private final List<SimulatedPod> toStart = new ArrayList<>();
    private final List<SimulatedPod> toStop = new ArrayList<>();
    private boolean nodes;

    void attempt(AttemptId attempt) {
        attempts.add(attempt);
    }

    void nodes() {
        nodes = true;
    }

    void start(SimulatedPod pod) {
        toStart.add(pod);
    }

    void stop(SimulatedPod pod) {
        toStop.add(pod);
    }

    /** All of it, once. */
    Taken take() {
        Taken taken = new Taken(List.copyOf(attempts), nodes, List.copyOf(toStart), List.copyOf(toStop));
        attempts.clear();
        toStart.clear();
        toStop.clear();
        nodes = false;
        return taken;
    }

    /** Changes that were taken. */
    record Taken(List<AttemptId> attempts, boolean nodes, List<SimulatedPod> toStart, List<SimulatedPod> toStop) {}
}
