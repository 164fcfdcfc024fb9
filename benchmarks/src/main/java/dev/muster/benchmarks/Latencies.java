package dev.muster.benchmarks;

import java.util.Arrays;

/** How long each request took, in nanoseconds, sorted; never empty. */
record Latencies(long[] nanos) {
    Latencies {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("No latencies: expected at least one request");
        }
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** The smallest latency that {@code share} of the requests (above 0, at most 1) did not exceed, in milliseconds. */
    double percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("Bad percentile %s: expected above 0, at most 1".formatted(share));
        }
        int index = (int) Math.ceil(share * nanos.length) - 1;
        return nanos[index] / 1e6;
    }
}
