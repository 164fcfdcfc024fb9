package dev.muster.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How long nobody gets in after so many attempts that failed one after the other, the last one at {@code lastAt}. {@code free} are
 * free, because people mistype; then each doubles the wait.
 */
record Lockout(int failures, int free, Instant lastAt) {
    /** By name. */
    static final int FREE = 5;
    /** By address: many people may share one. */
    static final int FREE_OF_ADDRESS = 30;

    static final Duration LONGEST = Duration.ofMinutes(15);

    Duration delay() {
        if (failures < free) {
            return Duration.ZERO;
        }
        // 2^10 s is longer than the longest.
        Duration doubled = Duration.ofSeconds(1L << Math.min(10, failures - free));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(lastAt.plus(delay()));
    }
}
