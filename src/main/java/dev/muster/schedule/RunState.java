package dev.muster.schedule;

/** What became of a tick. */
public enum RunState {
    /** It will run: its turn has not come, or one before it has not ended. */
    WAITING,
    /** Its job was accepted, and has not ended. */
    STARTED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** It was left out, by the schedule's own rules. */
    SKIPPED,
    /** Its job was not accepted. */
    REFUSED;

    public boolean isOpen() {
        return this == WAITING || this == STARTED;
    }
}
