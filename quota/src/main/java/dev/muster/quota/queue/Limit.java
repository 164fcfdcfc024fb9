package dev.muster.quota.queue;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.resource.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A limit below the queue's capability: on what each user, or all jobs of one priority class, hold in the queue and below it.
 * Null: not limited. {@code launchesPerMinute} counts the attempts that began in the last 60 s, ended or not.
 */
public record Limit(
        boolean eachUser,
        @Nullable PriorityClassName priorityClass,
        @Nullable Integer jobs,
        @Nullable Resources resources,
        @Nullable Integer launchesPerMinute) {
    public Limit {
        if (!eachUser && priorityClass == null) {
            throw new IllegalArgumentException("A limit is on each user, on a priority class, or on both");
        }
        if ((jobs != null && jobs < 0) || (launchesPerMinute != null && launchesPerMinute < 0)) {
            throw new IllegalArgumentException("Bad limit of %s jobs, %s launches a minute: expected 0 or more"
                    .formatted(jobs, launchesPerMinute));
        }
    }
}
