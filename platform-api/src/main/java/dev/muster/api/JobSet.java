package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs of a team that say the same {@code jobSet}. {@code state} is OPEN until all have ended, then how they ended together. */
public record JobSet(String kind, Metadata metadata, Status status) {
    public static final String KIND = "JobSet";

    /** {@code jobs}: how many are in each state. {@code began}: the first of those that are there was submitted then. */
    public record Status(
            String state,
            Map<String, Long> jobs,
            Instant began,
            @Nullable Instant endedAt,
            @Nullable Failure firstFailure) {}

    /** Which job failed before all others, and of what. */
    public record Failure(
            String job,
            String name,
            @Nullable Instant at,
            @Nullable Outcome outcome) {}
}
