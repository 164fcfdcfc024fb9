package dev.muster.simulation.fill;

/** Fragmentation gradient descent (ATC '23): where the least of what is idle becomes useless. No scheduler's weights say that. */
final class LeastFragmentation implements Scorer {
    private final Mix mix;

    LeastFragmentation(Mix mix) {
        this.mix = mix;
    }

    @Override
    public double score(Machine machine, FillPod pod) {
        return best(machine, pod).score;
    }

    @Override
    public int gpu(Machine machine, FillPod pod) {
        return best(machine, pod).gpu;
    }

    private record Choice(double score, int gpu) {}

    private Choice best(Machine machine, FillPod pod) {
        double before = mix.useless(machine);
        boolean part = pod.gpus() == 1 && pod.gpuMilli() < FillPod.WHOLE;
        Choice best = new Choice(Double.NEGATIVE_INFINITY, 0);
        for (int gpu = 0; gpu < (part ? machine.gpus.length : 1); gpu++) {
            if (!part || machine.gpus[gpu] >= pod.gpuMilli()) {
                double score = sigmoid((before - after(machine, pod, gpu)) / FillPod.WHOLE);
                if (score > best.score) {
                    best = new Choice(score, gpu);
                }
            }
        }
        return best;
    }

    private double after(Machine machine, FillPod pod, int gpu) {
        int[] gpus = machine.gpus.clone();
        machine.take(pod, gpu);
        double after = mix.useless(machine);
        machine.give(pod, gpus);
        return after;
    }

    /** Whole points, as a scheduler counts them: that makes ties, and ties matter. */
    private static double sigmoid(double gain) {
        return Math.floor(100 / (1 + StrictMath.exp(-gain)));
    }
}
