package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job. {@code state} is a JobState; {@code reason} the primary one of why it is not running;
 * {@code expectedStart} of one that waits, absent where nobody knows yet: ask again, or for its explanation; {@code forecasts} of
 * one that was only tried.
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
        @Nullable ExpectedStart expectedStart,
        @Nullable List<JobForecast> forecasts) {
    /** Without a word about what comes. */
    public JobStatus(
            String state,
            @Nullable Reason reason,
            @Nullable Integer attempt,
            @Nullable Outcome outcome,
            Instant submittedAt,
            @Nullable Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Map<String, Integer> runningPods) {
        this(state, reason, attempt, outcome, submittedAt, queuedAt, startedAt, finishedAt, runningPods, null, null);
    }

    public JobStatus with(@Nullable ExpectedStart start) {
        return with(start, forecasts);
    }

    /** What a run would take and cost; null where nobody knows. */
    public JobStatus with(@Nullable List<JobForecast> runs) {
        return with(expectedStart, runs);
    }

    private JobStatus with(@Nullable ExpectedStart start, @Nullable List<JobForecast> runs) {
        return new JobStatus(
                state,
                reason,
                attempt,
                outcome,
                submittedAt,
                queuedAt,
                startedAt,
                finishedAt,
                runningPods,
                start,
                runs);
    }
}
