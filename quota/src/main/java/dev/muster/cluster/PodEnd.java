package dev.muster.cluster;

/** What ended a pod, as far as the cluster says. */
public enum PodEnd {
    /** Its command returned; the exit code says how. */
    EXITED,
    /** Killed for using more memory than it asked. */
    OOM_KILLED,
    /** Its Java machine found no more memory, and said so by its exit code. */
    JVM_OOM,
    /** An executor of Spark that an exception ended which nothing caught. */
    UNCAUGHT,
    /** An executor of Spark that could not reach its driver any more. */
    UNREACHABLE,
    /** Put out for using too much local disk. */
    DISK_FULL,
    /** An executor of Spark that could not make its scratch directories. */
    SCRATCH_FAILED,
    /** Its image could not be had. */
    IMAGE,
    /** Its container could not be made: a missing secret, a bad command. */
    CONFIG,
    /** Its node was taken back by the provider. */
    SPOT_INTERRUPTED,
    /** Ended in good order, for its node is taken back or its leader needs it no more. */
    DECOMMISSIONED,
    /** Deleted by the leader that had made it. */
    DISMISSED,
    /** Its node is gone. */
    NODE_LOST,
    /** Put out past Muster in favour of others: by another scheduler, or through the eviction API as a drain does. */
    PREEMPTED,
    /** Removed because its attempt was released. */
    RELEASED,
    /** None of these. */
    OTHER
}
