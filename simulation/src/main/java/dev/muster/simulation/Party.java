package dev.muster.simulation;

import dev.muster.simulation.placement.Demand;
import java.util.List;

/** Pods that are bound together or wait together: a gang's own, or one that it grew. Each is itself and equals no other. */
final class Party {
    private final SimulatedGang gang;
    private final List<Demand> demands;
    private final List<SimulatedPod> pods;

    /** {@code pods} in the order of the demands. */
    Party(SimulatedGang gang, List<Demand> demands, List<SimulatedPod> pods) {
        this.gang = gang;
        this.demands = List.copyOf(demands);
        this.pods = List.copyOf(pods);
    }

    SimulatedGang gang() {
        return gang;
    }

    List<Demand> demands() {
        return demands;
    }

    List<SimulatedPod> pods() {
        return pods;
    }
}
