package dev.muster.quota.plan;

/**
 * Why a job is held, launched or evicted: one vocabulary for planner, API, metric label and docs/reasons.md. The order of the
 * constants is the order in which the primary reason is chosen: the first that applies.
 */
public enum ReasonCode {
    /** Waits for jobs that it depends on. */
    DEPENDENCY,
    /** Its {@code notBefore} is in the future. */
    NOT_BEFORE,
    /** Its queue does not exist any more. */
    QUEUE_UNKNOWN,
    /** Its queue, or one above it, is draining. */
    QUEUE_CLOSED,
    /** No node of any pool, empty, could take one of its pods, or all pools together cannot take the gang. */
    PLACEMENT_UNSATISFIABLE,
    /** It asks more than its queue, or one above it, may ever hold. */
    ABOVE_CAPABILITY,
    /** It waits after a failed launch. */
    BACKOFF,
    /** Others are being ended to make room for it. */
    ROOM_IS_MADE,
    /** Its user, or its priority class, holds as much in the queue as it may. */
    LIMIT_REACHED,
    /** Its queue, or one above it, holds as much as it may. */
    CAPABILITY_REACHED,
    /** What is free is kept for the idle guarantee of others. */
    GUARANTEE_OF_OTHERS,
    /** Its nodes could come, but the breakers of their offerings are open. */
    BREAKER_OPEN,
    /** Its nodes could come, but another gang waits for nodes of the same offering. */
    PERMIT_OF_OTHERS,
    /** The pools have too little free room for the whole gang now. */
    NODES_FULL,
    /** Enough is free in all, but not on single nodes. */
    FRAGMENTED,
    /** It could win back what its queue deserves, but only by ending gangs that would take their queue below what it deserves. */
    RECLAIM_GRANULARITY,
    /** Others might give way for it, but as many were evicted as may be in a cycle or minute, or the cycle did not look so far. */
    EVICTION_BOUND,
    /** A job before it waits for nodes, and it must not delay that one. */
    BEHIND_RESERVATION,
    /** This cycle launched as many as it may, or did not look so far. */
    CYCLE_BOUND,
    /** An operator wants that nothing is launched there now; the planner itself never says so. */
    PAUSED,
    /** It wants spot nodes first: until when, and what a rule or its team's budget says of others; the planner itself never says so. */
    SPOT_FIRST,
    /** Muster failed to plan it, or to act on it: it is left aside until it changes. */
    PLANNER_ERROR,
    /** Launched: the whole gang fits. */
    FITS,
    /** Launched with scale-up permits: the whole gang fits when the nodes have come that it may ask for. */
    SCALES_UP,
    /** Given more pods than its minimum: nobody who waits could use the room. */
    GROWN,
    /** Ended for a job of its own queue with a higher priority that may preempt. */
    PREEMPTED,
    /** Ended because another queue takes back what it deserves. */
    RECLAIMED,
    /** Ended because its queue, or one above it, holds more than its capability since that was cut. */
    CAPABILITY_CUT,
    /** Ended so that its node becomes empty: there is room for its pods elsewhere. */
    CONSOLIDATED
}
