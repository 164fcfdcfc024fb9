package dev.muster.quota.breaker;

import java.time.Duration;

/**
 * When breakers open, and for how long. {@code failures} in a row open one, and so does success below {@code leastSuccess} after
 * {@code tries} nodes; it stays open for {@code first}, twice as long each time in a row, at most {@code most}. Where {@code storm}
 * of an offering's nodes, as a part of one, is taken back within {@code stormWithin}, new gangs stay away as well.
 */
public record BreakerRules(
        int failures,
        double leastSuccess,
        int tries,
        Duration first,
        Duration most,
        double storm,
        Duration stormWithin) {
    /** Karpenter leaves an offering alone for 3 min, Cluster Autoscaler for 5 to 30. */
    public static final BreakerRules DEFAULT =
            new BreakerRules(1, 0.5, 5, Duration.ofMinutes(3), Duration.ofMinutes(30), 0.3, Duration.ofMinutes(10));

    public BreakerRules {
        if (failures < 1
                || tries < 1
                || !(leastSuccess >= 0 && leastSuccess <= 1)
                || !(storm > 0 && storm <= 1)
                || first.isNegative()
                || first.isZero()
                || most.compareTo(first) < 0
                || stormWithin.isNegative()) {
            throw new IllegalArgumentException(
                    "Bad breaker rules: failures %d, leastSuccess %s, tries %d, first %s, most %s, storm %s within %s: expected failures and tries 1 or more, parts 0 to 1, 0 < first ≤ most"
                            .formatted(failures, leastSuccess, tries, first, most, storm, stormWithin));
        }
    }

    /** True where so many nodes that are taken back, of so many, are more than the usual. */
    public boolean isStorm(long takenBack, long all) {
        return takenBack > 1 && takenBack >= storm * all;
    }

    /** How long it stays open that has opened {@code before} times in a row before. */
    Duration openFor(int before) {
        double millis = first.toMillis() * Math.pow(2, Math.min(before, 30));
        return millis >= most.toMillis() ? most : Duration.ofMillis((long) millis);
    }
}
