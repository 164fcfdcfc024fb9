package dev.muster.quota.fallback;

import java.time.Duration;

/**
 * When waiting for spot nodes is no longer worth it: {@code breakerOpen} after a job began to wait, where no spot offering is asked
 * for nodes; {@code beforeTimeout} before its queue timeout; when it has waited for as long as the dearer nodes cost more, at
 * {@code waitingCost} an hour (0: waiting costs nothing). Each team may spend {@code budget} within {@code period}; 0: nobody falls
 * back.
 */
public record FallbackRules(
        int budget, Duration period, Duration breakerOpen, Duration beforeTimeout, int waitingCost) {
    public static final FallbackRules OFF =
            new FallbackRules(0, Duration.ofDays(7), Duration.ofMinutes(30), Duration.ofMinutes(15), 0);

    public FallbackRules {
        if (budget < 0
                || waitingCost < 0
                || period.isNegative()
                || breakerOpen.isNegative()
                || beforeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "Bad fallback rules: budget %d in %s, breakerOpen %s, beforeTimeout %s, waitingCost %d: expected 0 or more"
                            .formatted(budget, period, breakerOpen, beforeTimeout, waitingCost));
        }
    }

    /** The same for a team with a budget of its own. */
    public FallbackRules withBudget(int own) {
        return new FallbackRules(own, period, breakerOpen, beforeTimeout, waitingCost);
    }

    public boolean isOff() {
        return budget == 0;
    }
}
