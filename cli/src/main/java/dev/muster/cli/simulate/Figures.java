package dev.muster.cli.simulate;

import dev.muster.cli.screen.Screen;
import dev.muster.cli.screen.Table;
import dev.muster.simulation.experiment.Experiment;
import dev.muster.simulation.experiment.PolicySpec;
import dev.muster.simulation.measure.Estimate;
import dev.muster.simulation.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of an experiment for people: a row for each measure, a column for each policy. */
public final class Figures {
    private Figures() {}

    public static void print(Experiment experiment, Screen screen) {
        List<String> headings = new ArrayList<>(List.of(""));
        experiment.policies().forEach(policy -> headings.add(">" + policy.name()));
        Table table = new Table(headings.toArray(String[]::new));
        for (Measure measure : Measure.values()) {
            List<String> row = new ArrayList<>(List.of(measure.heading()));
            for (PolicySpec policy : experiment.policies()) {
                row.add(shown(experiment.estimate(policy.name(), measure)));
            }
            table.row(row.toArray(String[]::new));
        }
        table.print(screen);
    }

    static String shown(Estimate estimate) {
        if (estimate.runs() == 0) {
            return "–";
        }
        String mean = number(estimate.mean());
        return estimate.half() == 0 ? mean : mean + " ±" + number(estimate.half());
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e12) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
