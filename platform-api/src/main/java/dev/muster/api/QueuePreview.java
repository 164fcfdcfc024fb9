package dev.muster.api;

import java.util.List;

/**
 * What a change of a queue would do to jobs, as the planner saw the world last: of {@code affected} jobs the first. A queue in
 * {@code above} would hold more than it may: nobody is evicted for it, and nothing starts until it holds less.
 */
public record QueuePreview(int affected, List<Effect> effects, List<Above> above) {
    /** {@code kind}: NEVER_RUNS, HELD, LET_START or COULD_RUN. */
    public record Effect(String job, String queue, String kind, Reason reason) {}

    /** A resource of which the queue would hold more than it may. */
    public record Above(String queue, String resource, String used, String capability, List<String> running) {}
}
