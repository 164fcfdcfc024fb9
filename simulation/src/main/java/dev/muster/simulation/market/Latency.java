package dev.muster.simulation.market;

import dev.muster.simulation.event.Chance;

/** A length of time with a usual value and a long tail (log-normal), in milliseconds; always the same where both are equal. */
public record Latency(long median, long p99) {
    /** How many standard deviations the 99th percentile is from the middle. */
    private static final double P99 = 2.3263478740408408;

    public Latency {
        if (median < 0 || p99 < median) {
            throw new IllegalArgumentException(
                    "Bad p50 %d ms, p99 %d ms: expected 0 ≤ p50 ≤ p99".formatted(median, p99));
        }
    }

    public static Latency always(long length) {
        return new Latency(length, length);
    }

    public long draw(Chance chance) {
        if (median == p99 || median == 0) {
            return median;
        }
        double sigma = StrictMath.log((double) p99 / median) / P99;
        return Math.round(median * StrictMath.exp(sigma * chance.normal()));
    }
}
