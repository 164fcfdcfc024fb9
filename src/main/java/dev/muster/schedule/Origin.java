package dev.muster.schedule;

/** Where a run comes from. */
public enum Origin {
    /** The clock. */
    TICK,
    /** Somebody asked for it. */
    HAND,
    /** A backfill. */
    BACKFILL
}
