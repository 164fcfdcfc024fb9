package dev.muster.simulation.site;

/** Is told what happens in a cluster. */
public interface SiteWatcher {
    /** Something has changed that a scheduler or an autoscaler may act on. */
    default void changed() {}

    default void arrived(SiteJob job) {}

    default void launched(Attempt attempt) {}

    default void started(Attempt attempt) {}

    /** Its pods are fewer, or it wants other ones, while it goes on. */
    default void changed(Attempt attempt) {}

    /** It lost pods before it had started, and has others made. */
    default void partial(Attempt attempt) {}

    default void ended(Attempt attempt, AttemptEnd why) {}

    /** A node is being taken back that was there for so many milliseconds. */
    default void interrupted(int pool, int offering, long age) {}

    /** Nodes have come. */
    default void launched(int pool, int offering, int nodes) {}

    /** Nodes will not come. */
    default void refused(int pool, int offering, int nodes) {}

    /** For the log. */
    default void happened(String format, Object... values) {}
}
