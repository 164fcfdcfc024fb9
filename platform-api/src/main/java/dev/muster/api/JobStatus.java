package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job. {@code state} is a JobState; {@code reason} the primary one of why it is not running;
 * {@code expectedStart} of one that waits, absent where nobody knows yet: ask again, or for its explanation.
 */
public record JobStatus(
        String state,
        @Nullable Reason reason,
        @Nullable Integer attempt,
        @Nullable Outcome outcome,
        Instant submittedAt,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Map<String, Integer> runningPods,
        @Nullable ExpectedStart expectedStart) {
    public JobStatus with(@Nullable ExpectedStart start) {
        return new JobStatus(
                state, reason, attempt, outcome, submittedAt, queuedAt, startedAt, finishedAt, runningPods, start);
    }
}
