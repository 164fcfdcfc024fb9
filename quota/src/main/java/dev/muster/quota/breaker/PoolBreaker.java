package dev.muster.quota.breaker;

import java.util.Collection;

/** The breakers of a pool's offerings as one: open where all are, closed where any is. */
public final class PoolBreaker {
    private PoolBreaker() {}

    /** A pool without offerings is closed: nothing was seen against it. */
    public static BreakerState of(Collection<BreakerState> offerings) {
        if (offerings.isEmpty() || offerings.contains(BreakerState.CLOSED)) {
            return BreakerState.CLOSED;
        }
        return offerings.contains(BreakerState.HALF_OPEN) ? BreakerState.HALF_OPEN : BreakerState.OPEN;
    }
}
