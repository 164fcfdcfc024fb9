package dev.muster.simulation.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of one run. */
public record Outcome(String policy, long seed, Map<Measure, Double> figures, List<Series.Sample> series) {
    public Outcome {
        figures = new EnumMap<>(figures);
        series = List.copyOf(series);
    }

    public double figure(Measure measure) {
        return figures.getOrDefault(measure, 0.0);
    }
}
