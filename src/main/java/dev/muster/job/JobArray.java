package dev.muster.job;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Many jobs that were submitted as one, alike but for their index. {@code state} once the newest child of each index has ended:
 * SUCCEEDED where all have, FAILED where one failed or expired, else CANCELLED; null before.
 */
public record JobArray(
        JobId id,
        TeamName team,
        String name,
        int size,
        @Nullable Integer parallelism,
        String submittedBy,
        Instant submittedAt,
        @Nullable JobState state,
        @Nullable Instant endedAt) {}
