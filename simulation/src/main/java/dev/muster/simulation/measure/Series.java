package dev.muster.simulation.measure;

import java.util.ArrayList;
import java.util.List;

/** What was seen at even times. */
public final class Series {
    private final List<Sample> samples = new ArrayList<>();

    /** {@code market}: nodes of all offerings that existed for us, at most what pools may have. */
    public record Sample(
            long at, int nodes, int market, double useful, double held, int waiting, int partial, double stranded) {}

    public void add(Sample sample) {
        samples.add(sample);
    }

    public List<Sample> samples() {
        return List.copyOf(samples);
    }
}
