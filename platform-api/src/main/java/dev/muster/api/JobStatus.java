package dev.muster.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job. {@code state} is a JobState; {@code reason} the primary one of why it is not running;
 * {@code expectedStart} of one that waits, absent where nobody knows yet: ask again, or for its explanation; {@code forecasts} of
 * one that was only tried; {@code podSizes} of that and of one just accepted: by role and pool, where pods that ask a little less would
 * fit a node once more. {@code result} of one job that was asked for: what it has handed back.
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
        @Nullable List<JobForecast> forecasts,
        @Nullable Map<String, Map<String, String>> podSizes,
        @Nullable ArrayIndex array,
        @Nullable String result) {
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
        this(
                state,
                reason,
                attempt,
                outcome,
                submittedAt,
                queuedAt,
                startedAt,
                finishedAt,
                runningPods,
                null,
                null,
                null,
                null,
                null);
    }

    /** With what the job has handed back, in its own words. */
    public JobStatus withResult(@Nullable String text) {
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
                expectedStart,
                forecasts,
                podSizes,
                array,
                text);
    }

    public JobStatus with(@Nullable ExpectedStart start) {
        return with(start, forecasts, podSizes, array);
    }

    /** What a run would take and cost, and better sizes of pods; null where nobody knows. */
    public JobStatus with(@Nullable List<JobForecast> runs, @Nullable Map<String, Map<String, String>> sizes) {
        return with(expectedStart, runs, sizes, array);
    }

    /** As a child of an array. */
    public JobStatus with(@Nullable ArrayIndex place) {
        return with(expectedStart, forecasts, podSizes, place);
    }

    private JobStatus with(
            @Nullable ExpectedStart start,
            @Nullable List<JobForecast> runs,
            @Nullable Map<String, Map<String, String>> sizes,
            @Nullable ArrayIndex place) {
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
                runs,
                sizes,
                place,
                result);
    }
}
