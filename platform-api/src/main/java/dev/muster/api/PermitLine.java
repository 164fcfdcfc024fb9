package dev.muster.api;

import java.time.Instant;
import java.util.List;

/** The permits of one offering: gangs that wait for its nodes, and jobs that wait for the right to ask. */
public record PermitLine(String offering, String pool, List<Holder> holders, List<Waiter> waiting) {
    /** It waits for so many {@code nodes}; {@code bound} of its {@code pods} have theirs; at {@code until} all of it is given back. */
    public record Holder(String job, String queue, int nodes, int bound, int pods, Instant since, Instant until) {}

    /** It would fit with more nodes of the offering. */
    public record Waiter(String job, String queue, int priority, Instant since) {}
}
