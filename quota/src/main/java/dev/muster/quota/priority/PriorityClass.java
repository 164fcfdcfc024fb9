package dev.muster.quota.priority;

import dev.muster.quota.name.PriorityClassName;

/**
 * A named priority: a higher {@code value} goes first in its queue. It governs preemption only, never reclaim. Values are
 * those that Kubernetes lets a user define: at most 1,000,000,000.
 */
public record PriorityClass(PriorityClassName name, int value, PreemptionPolicy preemptionPolicy, String description) {
    /** The highest value; Kubernetes keeps those above for itself. */
    public static final int HIGHEST = 1_000_000_000;

    public PriorityClass {
        if (value > HIGHEST) {
            throw new IllegalArgumentException(
                    "Bad value %d of priority class %s: expected at most %d".formatted(value, name, HIGHEST));
        }
    }
}
