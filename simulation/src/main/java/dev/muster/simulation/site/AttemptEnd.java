package dev.muster.simulation.site;

/** Why an attempt is over. */
public enum AttemptEnd {
    /** All its work is done. */
    DONE,
    /** It failed by its own fault. */
    FAILED,
    /** Its gang was only partly there for longer than it waits. */
    LATE,
    /** Pods of its gang went with their node. */
    LOST,
    /** It was launched and did not start in time: released, at the platform's cost. */
    RELEASED,
    /** It gave way to another. */
    EVICTED
}
