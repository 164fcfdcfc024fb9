package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would have done with the load that was recorded between {@code from} and {@code to}, next to what the policy in force
 * (its {@code revision}) would have. {@code state}: WAITING, RUNNING ({@code percent} done), DONE, FAILED (why: {@code trouble}),
 * CANCELLED. {@code changes}: where the two policies differ. Results are there when it is DONE.
 */
public record PolicyRehearsal(
        String kind,
        String id,
        String state,
        int percent,
        Map<String, Object> spec,
        long revision,
        List<PolicyChange> changes,
        Instant from,
        Instant to,
        String actor,
        Instant askedAt,
        @Nullable String trouble,
        List<String> remarks,
        @Nullable Side inForce,
        @Nullable Side tried) {
    public static final String KIND = "PolicyRehearsal";

    /** What one policy did: figures by name, as in figures.csv of {@code muster simulate}; waits by priority, the highest first. */
    public record Side(Map<String, Double> figures, List<Wait> waits) {}

    /** Hours from arrival to the first start; who never started counts with the wait so far. */
    public record Wait(int priority, int jobs, double p50, double p95) {}
}
