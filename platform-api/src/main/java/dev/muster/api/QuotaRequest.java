package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A team asks that a queue of its own have more: the amounts are beside what it has, {@code until} a moment, without one for good.
 * {@code state} is OPEN, GRANTED, DECLINED, WITHDRAWN or ENDED. What is below {@code why} is given by the service; {@code preview} where
 * granting was only tried.
 */
public record QuotaRequest(
        @Nullable String team,
        @Nullable String queue,
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        @Nullable Instant until,
        @Nullable String why,
        @Nullable String id,
        @Nullable String state,
        @Nullable String askedBy,
        @Nullable Instant askedAt,
        @Nullable QuotaDecision decision,
        @Nullable QueuePreview preview) {
    /** One to ask. */
    public static QuotaRequest of(
            String team,
            String queue,
            @Nullable Map<String, String> guarantee,
            @Nullable Map<String, String> deserved,
            @Nullable Map<String, String> capability,
            @Nullable Instant until,
            String why) {
        return new QuotaRequest(
                team, queue, guarantee, deserved, capability, until, why, null, null, null, null, null, null);
    }
}
