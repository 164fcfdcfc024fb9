package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that would be empty if their few pods ran on others that are held anyway. {@code automatic}: the policy does it by itself;
 * {@code leftThisHour} of {@code perHour} nodes may still be emptied in this hour. {@code gain} is what all of them cost in an hour.
 */
public record Consolidation(
        Instant at,
        boolean automatic,
        int perHour,
        int leftThisHour,
        @Nullable Double gain,
        List<Proposal> proposals) {
    /** A node, what it costs in an hour, and the core-hours of work that are to be done again. */
    public record Proposal(
            String node, String pool, @Nullable Double gain, double lostCoreHours, List<Move> moves) {}

    /** Pods of a job that leave it; {@code wholeGang}: all of them, and the job waits for its turn again; {@code to}: where room is. */
    public record Move(String job, int pods, boolean wholeGang, Map<String, Integer> to) {}
}
