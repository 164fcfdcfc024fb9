package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each user ({@code eachUser}), or all jobs of a priority class, or each user's jobs of that class, may hold in the queue
 * and below it. Absent: not limited.
 */
public record QueueLimit(
        @Nullable Boolean eachUser,
        @Nullable String priorityClass,
        @Nullable Integer jobs,
        @Nullable Map<String, String> resources,
        @Nullable Integer launchesPerMinute) {}
