package dev.muster.simulation.fill;

/**
 * What Volcano's nodeorder and binpack are told: the weights of least requested, most requested and balanced; of binpack as a whole and of
 * each resource in it; and of preferred node affinity, where {@link Preference} says for which nodes.
 */
public record Weights(
        double leastRequested,
        double mostRequested,
        double balanced,
        double binpack,
        double cpu,
        double memory,
        double gpu,
        double affinity)
        implements Scorer {
    /** As Volcano is shipped: spreading and packing at once. */
    public static final Weights SHIPPED = new Weights(1, 0, 1, 1, 1, 1, 0, 0);

    @Override
    public double score(Machine machine, FillPod pod) {
        double cpuUsed = used(machine.node.milliCpu(), machine.cpu, pod.milliCpu());
        double memoryUsed = used(machine.node.memoryMib(), machine.memory, pod.memoryMib());
        // nodeorder counts in whole points, as the plugins of kube-scheduler that it calls do.
        double score = leastRequested * Math.floor((points(1 - cpuUsed) + points(1 - memoryUsed)) / 2);
        score += mostRequested * Math.floor((points(cpuUsed) + points(memoryUsed)) / 2);
        double gpuUsed = pod.gpus() == 0
                ? 0
                : used((long) machine.node.gpus() * FillPod.WHOLE, machine.freeGpu(), pod.gpuDemand());
        score += balanced * points(1 - deviation(pod, cpuUsed, memoryUsed, gpuUsed));
        score += binpack * 100 * packed(pod, cpuUsed, memoryUsed, gpuUsed);
        return affinity == 0 ? score : score + affinity * Preference.of(machine.node, pod);
    }

    private static double points(double share) {
        return Math.floor(100 * share + 1e-9);
    }

    /** Volcano balances processors, memory and GPUs, the last where the pod asks for some; no weight of its configuration says otherwise. */
    private static double deviation(FillPod pod, double cpuUsed, double memoryUsed, double gpuUsed) {
        if (pod.gpus() == 0) {
            // Of two shares, the standard deviation is half their distance.
            return Math.abs(cpuUsed - memoryUsed) / 2;
        }
        double mean = (cpuUsed + memoryUsed + gpuUsed) / 3;
        return StrictMath.sqrt((square(cpuUsed - mean) + square(memoryUsed - mean) + square(gpuUsed - mean)) / 3);
    }

    private static double square(double number) {
        return number * number;
    }

    /** Only what the pod asks counts. */
    private double packed(FillPod pod, double cpuUsed, double memoryUsed, double gpuUsed) {
        double sum = 0;
        double weights = 0;
        if (pod.milliCpu() > 0) {
            sum += cpu * cpuUsed;
            weights += cpu;
        }
        if (pod.memoryMib() > 0) {
            sum += memory * memoryUsed;
            weights += memory;
        }
        if (pod.gpus() > 0) {
            sum += gpu * gpuUsed;
            weights += gpu;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static double used(long all, long free, long asked) {
        return all == 0 ? 0 : (double) (all - free + asked) / all;
    }
}
