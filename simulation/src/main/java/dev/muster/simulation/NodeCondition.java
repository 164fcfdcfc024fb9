package dev.muster.simulation;

/** What is wrong with a node, if anything. */
enum NodeCondition {
    READY,
    /** Takes no new pods; those that run go on. */
    NOT_READY,
    /** The provider takes it back: no new pods, and after the notice its pods end and it is gone. */
    INTERRUPTED,
    /** Gone, and its pods with it. */
    LOST
}
