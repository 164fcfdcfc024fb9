package dev.muster.quota.queue;

/** OPEN takes and launches jobs; CLOSED refuses new ones and launches what waits; DRAINING refuses and launches none. */
public enum QueueState {
    OPEN,
    CLOSED,
    DRAINING
}
