package dev.muster.cycle;

/** A part of a snapshot that can be left aside alone, by its name: the id of a job that waits or runs, of a queue, of a pool. */
record Suspect(Kind kind, String name) {
    /** In the order in which they are tried: what is built upon first. */
    enum Kind {
        QUEUE,
        POOL,
        RUNNING,
        WAITING
    }
}
