package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule stands. {@code next} are its next ticks, {@code startsAfter} by how much its runs come later than they ({@code jitter}),
 * {@code watermark} the end of the last interval that succeeded, {@code failures} how many runs failed in a row up to now.
 */
public record ScheduleStatus(
        @Nullable Boolean paused,
        @Nullable String pausedBy,
        @Nullable String pausedWhy,
        @Nullable Instant pausedAt,
        List<Instant> next,
        @Nullable String startsAfter,
        @Nullable Instant watermark,
        @Nullable Integer failures,
        @Nullable Map<String, Integer> runsByState) {}
