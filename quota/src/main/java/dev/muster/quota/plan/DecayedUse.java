package dev.muster.quota.plan;

import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a queue used of late: what it holds now counts fully, what it held a half-life ago half. */
public final class DecayedUse {
    private DecayedUse() {}

    /**
     * The new value after {@code elapsed} during which {@code held} was held: before · (1 − α) + held · α with
     * α = 1 − 0.5^(elapsed / halfLife). A half-life of zero forgets everything but now.
     */
    public static Resources after(Resources before, Resources held, Duration elapsed, Duration halfLife) {
        Map<String, Long> amounts = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(before.names());
        names.addAll(held.names());
        for (String name : names) {
            amounts.put(name, Math.round(after(before.amount(name), held.amount(name), elapsed, halfLife)));
        }
        return Resources.of(amounts);
    }

    /** The same of one amount, unrounded: who adds up many short times must not round in between. */
    public static double after(double before, double held, Duration elapsed, Duration halfLife) {
        double alpha = halfLife.isZero() || halfLife.isNegative()
                ? 1
                : 1 - Math.pow(0.5, Math.max(0, elapsed.toMillis()) / (double) halfLife.toMillis());
        return before * (1 - alpha) + held * alpha;
    }
}
