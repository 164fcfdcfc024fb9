package dev.muster.simulation.measure;

import java.util.List;
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
    HELD_HOURS(
            "held",
            "node hours held by parts of gangs (their pods, or placeholders) while others of them have no node"),
    STARTING_HOURS("starting", "node hours held by whole gangs whose pods start"),
    IDLE_HOURS("idle", "hours of nodes with no pod on them while some gang lacks room"),
    SPARE_HOURS("spare", "hours of nodes with no pod on them while none does: the autoscaler keeps them a while"),
    GAP_HOURS("gaps", "node hours left over on nodes with pods"),
    VAIN_HOURS("in vain", "node hours without progress while gangs wait: held by parts of gangs, or idle"),
    WASTED_HOURS("no progress", "all node hours without progress: in vain, starting, spare and gaps"),
    COST("cost", "price of the node hours"),
    STRANDED("stranded", "mean share of free room that none of the usual gangs' pods fits into"),
    EVICTIONS("evictions", "attempts that gave way to others"),
    INTERRUPTIONS("interruptions", "nodes that were taken back"),
    LOST_HOURS("lost", "pod hours of work done in vain"),
    PARTIAL("partial", "most gangs that were partly bound at once"),
    IDLE_WAIT_HOURS("stalled h", "hours in which jobs waited and none made progress"),
    MAKESPAN("makespan h", "hours until the last job was done");

    /** Of the node hours: together all of them. */
    public static final List<Measure> PARTS =
            List.of(USEFUL_HOURS, HELD_HOURS, IDLE_HOURS, STARTING_HOURS, SPARE_HOURS, GAP_HOURS);

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
