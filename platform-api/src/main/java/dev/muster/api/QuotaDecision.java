package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a quota request. Amounts, or {@code until}, are for granting other than was asked; {@code by} and {@code at} are given by
 * the service.
 */
public record QuotaDecision(
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        @Nullable Instant until,
        @Nullable String why,
        @Nullable String by,
        @Nullable Instant at) {
    /** One that only says why. */
    public static QuotaDecision because(@Nullable String why) {
        return new QuotaDecision(null, null, null, null, why, null, null);
    }
}
