package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a failed attempt is tried again: {@code max} times (default 0) for what the rules say (first match wins, no match fails).
 * {@code platformMax} (default 5) counts evictions, lost nodes and late launches apart.
 * {@code lostPods}: whether a gang that loses pods with their nodes starts anew (RESTART, the default) or has them made again beside
 * those that are left (REPLACE). {@code pause}: so long nothing is tried again after a failure of the job's own. */
public record RetrySpec(
        @Nullable Integer max,
        @Nullable List<RetryRule> rules,
        @Nullable Integer platformMax,
        @Nullable String lostPods,
        @Nullable String pause) {
    /** Of a gang that starts anew where it loses pods. */
    public RetrySpec(@Nullable Integer max, @Nullable List<RetryRule> rules, @Nullable Integer platformMax) {
        this(max, rules, platformMax, null, null);
    }
}
