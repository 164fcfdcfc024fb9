package dev.muster.simulation.fill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds of pods that are usual, each with its share; and what of a node's idle GPUs such a load cannot use: the measure of
 * "Beware of Fragmentation" (ATC '23). Idle is, for a kind of pods, of no use where no such pod fits, and on each GPU that has
 * less left than it wants; the mean goes over the kinds.
 */
final class Mix {
    private static final double USUAL = 0.95;

    private final FillPod[] kinds;
    private final double[] shares;

    private Mix(FillPod[] kinds, double[] shares) {
        this.kinds = kinds;
        this.shares = shares;
    }

    /** The most frequent kinds, until 95 % of the pods are among them. */
    static Mix of(List<FillPod> pods) {
        Map<FillPod, Integer> counted = new LinkedHashMap<>();
        pods.forEach(pod -> counted.merge(withoutMemory(pod), 1, Integer::sum));
        List<Map.Entry<FillPod, Integer>> byCount = new ArrayList<>(counted.entrySet());
        byCount.sort(Comparator.comparing((Map.Entry<FillPod, Integer> entry) -> -entry.getValue()));
        int all = 0;
        int kinds = 0;
        while (kinds < byCount.size() && all < USUAL * pods.size()) {
            all += byCount.get(kinds++).getValue();
        }
        double[] shares = new double[kinds];
        for (int k = 0; k < kinds; k++) {
            shares[k] = (double) byCount.get(k).getValue() / all;
        }
        return new Mix(byCount.stream().limit(kinds).map(Map.Entry::getKey).toArray(FillPod[]::new), shares);
    }

    /** The measure knows processors and GPUs only. */
    private static FillPod withoutMemory(FillPod pod) {
        return new FillPod(pod.milliCpu(), 0, pod.gpus(), pod.gpuMilli(), pod.models());
    }

    /** In thousandths of a GPU. */
    double useless(Machine machine) {
        long idle = machine.freeGpu();
        if (idle == 0) {
            return 0;
        }
        double sum = 0;
        for (int k = 0; k < kinds.length; k++) {
            sum += shares[k] * useless(machine, kinds[k], idle);
        }
        return sum;
    }

    private static long useless(Machine machine, FillPod kind, long idle) {
        if (kind.gpus() == 0 || !machine.fits(kind)) {
            return idle;
        }
        long small = 0;
        for (int free : machine.gpus) {
            small += free < kind.gpuMilli() ? free : 0;
        }
        return small;
    }
}
