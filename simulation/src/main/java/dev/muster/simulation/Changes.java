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
    private final List<SimulatedGang> gone = new ArrayList<>();
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

    void gone(SimulatedGang gang) {
        gone.add(gang);
    }

    /** Pods that are to become processes, once. */
    List<SimulatedPod> takeStarts() {
        List<SimulatedPod> taken = List.copyOf(toStart);
        toStart.clear();
        return taken;
    }

    /** All but the starts, once. */
    Taken take() {
        Taken taken = new Taken(List.copyOf(attempts), nodes, List.copyOf(toStop), List.copyOf(gone));
        attempts.clear();
        toStop.clear();
        gone.clear();
        nodes = false;
        return taken;
    }

    /** Changes that were taken. */
    record Taken(List<AttemptId> attempts, boolean nodes, List<SimulatedPod> toStop, List<SimulatedGang> gone) {}
}
