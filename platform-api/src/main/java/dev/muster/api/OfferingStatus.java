package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of what a pool may grow by. {@code breaker} is CLOSED, OPEN or HALF_OPEN, {@code why} it is open and
 * {@code halfOpenAt} when one gang may try again; {@code order} is what an operator has said. {@code success} is the chance that a
 * node comes that is asked for; the times are in seconds, absent where none came yet.
 */
public record OfferingStatus(
        String name,
        String breaker,
        @Nullable String why,
        @Nullable Instant halfOpenAt,
        @Nullable String order,
        double success,
        double interruptionsPerNodeHour,
        @Nullable Long launchMedian,
        @Nullable Long launchP99,
        long deadline,
        @Nullable Instant lastFailure) {}
