package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy that plans next to the one in force and touches nothing, and where it would do otherwise. {@code plans} were
 * compared, {@code differing} of them differ. {@code onlyInForce} and {@code onlyShadow} count acts that one side takes and the
 * other does not; {@code latest} differences, newest first.
 */
public record PolicyShadow(
        Map<String, Object> spec,
        String actor,
        String why,
        Instant since,
        long plans,
        long differing,
        @Nullable Instant comparedAt,
        Map<String, Long> onlyInForce,
        Map<String, Long> onlyShadow,
        List<Difference> latest) {
    /** What becomes of a job: LAUNCH, GROW, SHRINK, EVICT, or STAY where it goes on as it is. */
    public record Difference(
            Instant at,
            String job,
            String inForce,
            String shadow,
            @Nullable Reason inForceReason,
            @Nullable Reason shadowReason) {}
}
