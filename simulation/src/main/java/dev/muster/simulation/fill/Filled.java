package dev.muster.simulation.fill;

import java.util.List;

/** What came of one filling; {@code firstFailure}: what share of all GPUs had been asked for when a pod first found no node, NaN for never. */
public record Filled(String scoring, List<Sample> samples, double firstFailure) {
    public Filled {
        samples = List.copyOf(samples);
    }

    /**
     * When {@code arrived} had been asked for: what was given, and what of the rest was useless to the usual pods, as shares of
     * all GPUs; pods that found no node, those of them that want several GPUs, and all that want several.
     */
    public record Sample(double arrived, double given, double useless, int failed, int failedWide, int wide) {
        /** Of what is idle. */
        public double uselessOfIdle() {
            return given >= 1 ? 0 : useless / (1 - given);
        }
    }

    /** The last look not later than that; nothing given where there was none. */
    public Sample at(double arrived) {
        Sample last = new Sample(0, 0, 0, 0, 0, 0);
        for (Sample sample : samples) {
            if (sample.arrived() <= arrived + 1e-9) {
                last = sample;
            }
        }
        return last;
    }
}
