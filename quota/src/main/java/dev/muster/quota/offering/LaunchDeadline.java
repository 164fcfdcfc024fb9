package dev.muster.quota.offering;

import java.time.Duration;
import java.time.Instant;

/**
 * How long nodes are waited for: {@code factor} times the p99 of the offering's own launches, within bounds; {@code standard} as
 * long as too few came to know.
 */
public record LaunchDeadline(Duration standard, Duration least, Duration most, double factor) {
    /** The longest is when Cluster Autoscaler itself gives up a node. */
    public static final LaunchDeadline DEFAULT =
            new LaunchDeadline(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(15), 1.5);

    private static final int KNOWN = 5;

    public LaunchDeadline {
        if (least.isNegative()
                || standard.compareTo(least) < 0
                || most.compareTo(standard) < 0
                || !(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException(
                    "Bad launch deadline standard %s, least %s, most %s, factor %s: expected least ≤ standard ≤ most, factor 1 to 100"
                            .formatted(standard, least, most, factor));
        }
    }

    public Duration of(LaunchTimes times, Instant now) {
        if (times.size() < KNOWN) {
            return standard;
        }
        Duration p99 = times.quantile(0.99, now).orElse(standard);
        Duration wanted = Duration.ofMillis((long) Math.min(most.toMillis(), p99.toMillis() * factor));
        return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
    }
}
