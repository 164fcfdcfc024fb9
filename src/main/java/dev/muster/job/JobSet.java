package dev.muster.job;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of a team that said the same {@code jobSet}: how many are in each state, since when there are any, when one of them ended
 * last, and which of them failed first. It is there as long as a job of it is.
 */
public record JobSet(
        TeamName team,
        JobSetName name,
        Map<JobState, Long> jobs,
        Instant began,
        @Nullable Instant lastEnd,
        @Nullable JobId firstFailure) {
    public JobSet {
        jobs = Map.copyOf(jobs);
    }

    /** How it ended as a whole; empty while one of its jobs has not ended. */
    public Optional<JobState> end() {
        if (!jobs.keySet().stream().allMatch(JobState::isFinal)) {
            return Optional.empty();
        }
        if (jobs.containsKey(JobState.FAILED) || jobs.containsKey(JobState.EXPIRED)) {
            return Optional.of(JobState.FAILED);
        }
        return Optional.of(jobs.containsKey(JobState.CANCELLED) ? JobState.CANCELLED : JobState.SUCCEEDED);
    }
}
