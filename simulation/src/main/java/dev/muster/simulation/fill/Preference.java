package dev.muster.simulation.fill;

/**
 * Which nodes a pod prefers by what they are, not by what is free: a preferred node affinity, 0 to 100. Without GPUs: nodes
 * that have none. With GPUs: the smaller the node, the better, so that large ones stay whole for who needs them.
 */
final class Preference {
    /** The largest usual node. */
    private static final double MOST_CPU = 128_000;

    private static final double MOST_GPUS = 8;

    private Preference() {}

    static double of(FillNode node, FillPod pod) {
        double gpus = Math.min(1, node.gpus() / MOST_GPUS);
        double cpu = Math.min(1, node.milliCpu() / MOST_CPU);
        double preferred = pod.gpus() == 0 && node.gpus() == 0 ? 100 - 50 * cpu : 50 - 25 * (gpus + cpu);
        return Math.rint(preferred);
    }
}
