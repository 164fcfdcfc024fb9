package dev.muster.schedule;

/** What a tick does while a run before it has not ended. */
public enum Concurrency {
    /** Runs beside it. */
    ALLOW,
    /** Is left out. */
    FORBID,
    /** Cancels it, and runs once its last pod is gone. */
    REPLACE,
    /** Waits for it, each in its turn. */
    QUEUE
}
