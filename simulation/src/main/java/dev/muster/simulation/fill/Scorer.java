package dev.muster.simulation.fill;

/** How good a node is for a pod that fits there; the highest wins. It must depend on nothing but the two. */
interface Scorer {
    double score(Machine machine, FillPod pod);

    /** On which GPU a part of one goes. */
    default int gpu(Machine machine, FillPod pod) {
        return machine.fullestFor(pod);
    }
}
