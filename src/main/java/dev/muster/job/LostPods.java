package dev.muster.job;

/** What becomes of a gang that runs and loses pods with their nodes, so that it is below its minimum. */
public enum LostPods {
    /** All of it is released at once and starts anew: those that are left cannot go on with others. */
    RESTART,
    /** The lost ones are made again beside those that are left, which go on; released whole where that takes too long. */
    REPLACE
}
