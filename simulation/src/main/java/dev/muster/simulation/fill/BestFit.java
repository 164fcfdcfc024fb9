package dev.muster.simulation.fill;

/** The least that is left, measured by the largest node; not by each node's own size as Volcano's binpack does. */
final class BestFit implements Scorer {
    private final double cpu;
    private final double gpu;

    BestFit(double mostCpu, double mostGpu) {
        this.cpu = Math.max(1, mostCpu);
        this.gpu = Math.max(1, mostGpu);
    }

    @Override
    public double score(Machine machine, FillPod pod) {
        return -(0.5 * (machine.cpu - pod.milliCpu()) / cpu + 0.5 * (machine.freeGpu() - pod.gpuDemand()) / gpu);
    }
}
