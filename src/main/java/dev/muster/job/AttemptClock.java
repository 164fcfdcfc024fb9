package dev.muster.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times that an attempt's deadlines count from: when it was launched, when its gang stood whole (null before), since when it
 * is below its minimum (null while it is not), and until when nodes must have come for it (null where it has no permits).
 */
public record AttemptClock(
        Instant launchedAt,
        @Nullable Instant startedAt,
        @Nullable Instant belowMinimumSince,
        @Nullable Instant nodesBy) {
    /** One whose nodes were all there. */
    public AttemptClock(Instant launchedAt, @Nullable Instant startedAt, @Nullable Instant belowMinimumSince) {
        this(launchedAt, startedAt, belowMinimumSince, null);
    }

    /** From when the time to start counts: with nodes to come, from when they must be there. */
    Instant startsFrom() {
        return nodesBy == null ? launchedAt : nodesBy;
    }
}
