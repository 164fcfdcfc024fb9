package dev.muster.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of the past that are run, or run {@code again} although they succeeded: those of the ticks after {@code from} up to
 * {@code to}, {@code maxParallel} at a time.
 */
public record Backfill(
        ScheduleName schedule,
        int number,
        Instant from,
        Instant to,
        int maxParallel,
        boolean newestFirst,
        boolean again,
        String actor,
        Instant createdAt,
        @Nullable Instant cancelledAt) {}
