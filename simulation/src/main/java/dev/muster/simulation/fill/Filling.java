package dev.muster.simulation.fill;

import dev.muster.simulation.event.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One filling: one scoring, one order of arrival. The same arguments give the same outcome. */
public final class Filling {
    /** A look at each hundredth of all GPUs that was asked for. */
    private static final double STEP = 0.01;

    private final Scoring scoring;
    private final Scorer scorer;
    private final Chance ties;
    private final Mix mix;
    private final List<FillPod> arriving;
    private final List<Machine> machines;
    private final double capacity;
    private final Map<FillPod, double[]> scores = new HashMap<>();
    private final Map<FillPod, int[]> seen = new HashMap<>();
    private final int[] best;

    /** {@code times}: how much of all GPUs is asked for in the end. */
    public Filling(List<FillNode> nodes, List<FillPod> recorded, Scoring scoring, double times, long seed) {
        this.scoring = scoring;
        this.mix = Mix.of(recorded);
        this.ties = Chance.of(seed, "ties");
        this.scorer = scoring.scorer(nodes, mix, ties);
        this.arriving = Arriving.of(recorded, nodes, times, seed);
        this.machines = nodes.stream().map(Machine::new).toList();
        this.capacity = Arriving.capacity(nodes);
        this.best = new int[machines.size()];
    }

    public Filled run() {
        List<Filled.Sample> samples = new ArrayList<>();
        double arrived = 0;
        double given = 0;
        double firstFailure = Double.NaN;
        int failed = 0;
        int failedWide = 0;
        int wide = 0;
        for (FillPod pod : arriving) {
            arrived += pod.gpuDemand();
            wide += pod.gpus() > 1 ? 1 : 0;
            if (place(pod)) {
                given += pod.gpuDemand();
            } else {
                failed++;
                failedWide += pod.gpus() > 1 ? 1 : 0;
                firstFailure = Double.isNaN(firstFailure) ? arrived / capacity : firstFailure;
            }
            while (capacity > 0 && arrived >= (samples.size() + 1) * STEP * capacity) {
                samples.add(new Filled.Sample(
                        (samples.size() + 1) * STEP, given / capacity, useless() / capacity, failed, failedWide, wide));
            }
        }
        return new Filled(scoring.name(), samples, firstFailure);
    }

    private double useless() {
        double sum = 0;
        for (Machine machine : machines) {
            sum += mix.useless(machine);
        }
        return sum;
    }

    private boolean place(FillPod pod) {
        double[] known = scores(pod);
        int found = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < known.length; i++) {
            if (known[i] > highest) {
                highest = known[i];
                found = 0;
            }
            if (known[i] == highest && highest > Double.NEGATIVE_INFINITY) {
                best[found++] = i;
            }
        }
        if (found == 0) {
            return false;
        }
        Machine machine = machines.get(best[scoring.tiesByLot() ? ties.below(found) : 0]);
        machine.take(pod, scorer.gpu(machine, pod));
        return true;
    }

    /** By machine; of those that changed since such a pod came last they are made anew. */
    private double[] scores(FillPod pod) {
        double[] known = scores.computeIfAbsent(pod, p -> new double[machines.size()]);
        int[] versions = seen.computeIfAbsent(pod, p -> {
            int[] none = new int[machines.size()];
            Arrays.fill(none, -1);
            return none;
        });
        for (int i = 0; i < known.length; i++) {
            Machine machine = machines.get(i);
            if (versions[i] != machine.version) {
                known[i] = machine.fits(pod) ? scorer.score(machine, pod) : Double.NEGATIVE_INFINITY;
                versions[i] = machine.version;
            }
        }
        return known;
    }
}
