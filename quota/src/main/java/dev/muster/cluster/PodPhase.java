package dev.muster.cluster;

/** PENDING: not started (bound or not); RUNNING: its containers run; the others are final; LOST: its node is gone for good. */
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    LOST;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == LOST;
    }
}
