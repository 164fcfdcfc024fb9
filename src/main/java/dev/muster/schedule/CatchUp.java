package dev.muster.schedule;

/** What becomes of ticks that were missed: nobody was there to make their runs, or the schedule was paused. */
public enum CatchUp {
    /** They are left out. */
    NONE,
    /** The newest of them runs, the others are left out. */
    LATEST,
    /** Each runs, oldest first. */
    ALL,
    /** One run stands for all of them: its interval begins where the last one that is covered ended. */
    MERGE
}
