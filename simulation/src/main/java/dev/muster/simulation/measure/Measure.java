package dev.muster.simulation.measure;

import java.util.Locale;

/** What is measured of one run, in the order of tables. */
public enum Measure {
    JOBS("jobs", "jobs that arrived and could run at all"),
    DONE("done", "jobs that are done"),
    FAILED("failed", "jobs that failed for good"),
    NEVER_STARTED("never started", "jobs that had not started at the end"),
    WAIT_P50(
            "wait p50 h",
            "hours from arrival to the first start, median; who never started counts with the wait so far"),
    WAIT_P95("wait p95 h", "the same, 95th percentile"),
    WAIT_SMALL_P95("small p95 h", "the same of the third of jobs with the smallest gangs"),
    WAIT_LARGE_P95("large p95 h", "the same of the third of jobs with the largest gangs"),
    SLOWDOWN("slowdown", "mean of (wait + run) ÷ run of done jobs, runs below 10 s counted as 10 s"),
    UTILISATION("utilisation", "node hours used by pods that make progress ÷ node hours"),
    NODE_HOURS("node-h", "hours of all nodes"),
    USEFUL_HOURS("useful", "node hours used by pods that make progress"),
    HELD_HOURS("held", "node hours held by pods, or kept by placeholders, that make no progress"),
    EMPTY_HOURS(
            "empty",
            "hours of nodes with no pod on them: not yet used, or kept by the autoscaler until it takes them away"),
    WASTED_HOURS("no progress", "node hours without progress: held, or idle until the autoscaler takes the node away"),
    COST("cost", "price of the node hours"),
    STRANDED("stranded", "mean share of free room that none of the usual gangs' pods fits into"),
    EVICTIONS("evictions", "attempts that gave way to others"),
    INTERRUPTIONS("interruptions", "nodes that were taken back"),
    LOST_HOURS("lost", "pod hours of work done in vain"),
    PARTIAL("partial", "most gangs that were partly bound at once"),
    IDLE_WAIT_HOURS("stalled h", "hours in which jobs waited and none made progress"),
    MAKESPAN("makespan h", "hours until the last job was done");

    private final String heading;
    private final String words;

    Measure(String heading, String words) {
        this.heading = heading;
        this.words = words;
    }

    public String heading() {
        return heading;
    }

    public String words() {
        return words;
    }

    /** Its name in files for programs. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
