package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When which job comes again. {@code cron} has five fields, {@code timeZone} is a name such as Europe/Berlin (UTC where it is absent).
 * {@code concurrency} (ALLOW, FORBID, REPLACE, QUEUE) says what a tick does while the run before it goes on, {@code catchUp} (NONE,
 * LATEST, ALL, MERGE) what becomes of missed ticks; LATEST and ALLOW where nothing is said; {@code after} names schedules of the team whose runs of the same time are waited for. {@code job} is a job without a name.
 */
public record ScheduleSpec(
        @Nullable String team,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable String concurrency,
        @Nullable String catchUp,
        @Nullable String startingDeadline,
        @Nullable Integer pauseAfterFailures,
        @Nullable String jitter,
        @Nullable List<String> after,
        @Nullable ScheduledJob job) {
    /** The job of every run: labels and annotations in the metadata, and what a job's spec has. */
    public record ScheduledJob(
            @Nullable ScheduledMetadata metadata, @Nullable JobSpec spec) {}

    /** What the jobs get beside their names. */
    public record ScheduledMetadata(
            @Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {}
}
