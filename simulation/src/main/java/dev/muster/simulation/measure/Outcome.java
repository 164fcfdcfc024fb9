package dev.muster.simulation.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of one run; {@code waits} by priority, the highest first. */
public record Outcome(
        String policy, long seed, Map<Measure, Double> figures, List<ClassWait> waits, List<Series.Sample> series) {
    public Outcome {
        figures = new EnumMap<>(figures);
        waits = List.copyOf(waits);
        series = List.copyOf(series);
    }

    public double figure(Measure measure) {
        return figures.getOrDefault(measure, 0.0);
    }
}
