package dev.muster.cycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How durations are spread, counted since the process began in classes with an upper bound. Safe for any thread. */
public final class Spread {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /** {@code bounds} in seconds, rising. */
    Spread(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(Duration duration) {
        double seconds = Math.max(0, duration.toNanos() / 1e9);
        int at = 0;
        while (at < bounds.length && seconds > bounds[at]) {
            at++;
        }
        counts[at].increment();
        sum.add(seconds);
    }

    /** Durations at most as long as {@code seconds} (infinite for the last class), those of the shorter classes included. */
    public record UpTo(double seconds, long count) {}

    /** Every class, the shortest first; the last counts all. */
    public List<UpTo> classes() {
        List<UpTo> classes = new ArrayList<>();
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i].sum();
            classes.add(new UpTo(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, below));
        }
        return classes;
    }

    /** All durations together, in seconds. */
    public double seconds() {
        return sum.sum();
    }
}
