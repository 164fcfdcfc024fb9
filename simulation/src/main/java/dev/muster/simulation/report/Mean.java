package dev.muster.simulation.report;

import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.measure.Series;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was seen over time, the mean over the runs of one policy; a run that ended early has nothing left to see. */
final class Mean {
    private final List<Outcome> runs;
    private final int samples;

    Mean(List<Outcome> outcomes, String policy) {
        runs = outcomes.stream()
                .filter(outcome -> outcome.policy().equals(policy))
                .toList();
        samples = runs.stream().mapToInt(run -> run.series().size()).max().orElse(0);
    }

    double[] of(ToDoubleFunction<Series.Sample> value) {
        double[] mean = new double[samples];
        for (Outcome run : runs) {
            for (int i = 0; i < run.series().size(); i++) {
                mean[i] += value.applyAsDouble(run.series().get(i)) / runs.size();
            }
        }
        return mean;
    }

    /** In hours. */
    double[] hours() {
        double[] hours = new double[samples];
        for (Outcome run : runs) {
            for (int i = 0; i < run.series().size(); i++) {
                hours[i] = run.series().get(i).at() / 3_600_000.0;
            }
        }
        return hours;
    }
}
