package dev.muster.quota.breaker;

/** Whether an offering is asked for nodes. */
public enum BreakerState {
    /** It is. */
    CLOSED,
    /** Not now: nodes that were asked for did not come. */
    OPEN,
    /** By one gang, which is to find out. */
    HALF_OPEN
}
