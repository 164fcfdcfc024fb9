package dev.muster.simulation.report;

import dev.muster.simulation.measure.Measure;
import dev.muster.simulation.measure.Outcome;
import dev.muster.simulation.measure.Series;
import java.util.List;
import java.util.Locale;

/** Figures and time series for programs. */
public final class Csv {
    private Csv() {}

    /** A row for each run. */
    public static String figures(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("policy,seed");
        for (Measure measure : Measure.values()) {
            text.append(',').append(measure.column());
        }
        text.append('\n');
        for (Outcome outcome : outcomes) {
            text.append(cell(outcome.policy())).append(',').append(outcome.seed());
            for (Measure measure : Measure.values()) {
                text.append(',').append(number(outcome.figure(measure)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** A row for each time at which was looked. */
    public static String series(List<Outcome> outcomes) {
        StringBuilder text =
                new StringBuilder("policy,seed,seconds,nodes,market,useful,held,waiting,partial,stranded\n");
        for (Outcome outcome : outcomes) {
            for (Series.Sample sample : outcome.series()) {
                text.append("%s,%d,%d,%d,%d,%s,%s,%d,%d,%s\n"
                        .formatted(
                                cell(outcome.policy()),
                                outcome.seed(),
                                sample.at() / 1000,
                                sample.nodes(),
                                sample.market(),
                                number(sample.useful()),
                                number(sample.held()),
                                sample.waiting(),
                                sample.partial(),
                                number(sample.stranded())));
            }
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    static String cell(String text) {
        return text.matches("[\\w .+-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
