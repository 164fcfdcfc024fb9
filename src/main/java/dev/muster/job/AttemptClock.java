package dev.muster.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times that an attempt's deadlines count from: when it was launched, when its gang stood whole (null before), and since
 * when it is below its minimum (null while it is not).
 */
public record AttemptClock(
        Instant launchedAt,
        @Nullable Instant startedAt,
        @Nullable Instant belowMinimumSince) {}
