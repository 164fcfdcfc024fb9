package dev.muster.simulation.measure;

/** What room that pods hold brings. */
public enum Use {
    /** Work of their gang goes on. */
    PROGRESS,
    /** Nothing: others of their gang have no node. */
    PART,
    /** Nothing yet: the gang is whole, and its pods start. */
    STARTS
}
