package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of the past to be run: those of the ticks after {@code from} up to {@code to}, {@code maxParallel} at a time (1 where
 * nothing is said), in the {@code order} OLDEST_FIRST or NEWEST_FIRST; {@code again}: also those that have succeeded. The rest is
 * given by the service.
 */
public record Backfill(
        Instant from,
        Instant to,
        @Nullable Integer maxParallel,
        @Nullable String order,
        @Nullable Boolean again,
        @Nullable Integer number,
        @Nullable Integer runs,
        @Nullable Map<String, Integer> runsByState,
        @Nullable String createdBy,
        @Nullable Instant createdAt,
        @Nullable Instant cancelledAt) {}
