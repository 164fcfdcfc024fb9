package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run: a tick ({@code origin} TICK), by HAND, or of a BACKFILL ({@code backfill} is its number), and what became of it. */
public record ScheduleRun(
        @Nullable String schedule,
        Instant tick,
        String origin,
        @Nullable Integer backfill,
        Instant intervalStart,
        Instant intervalEnd,
        String state,
        @Nullable String team,
        @Nullable String job,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String why) {}
