package dev.muster.event;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, never changed. {@code name} is the name of the job, team, queue, pool or priority class;
 * {@code set} is that of the job; {@code from} and {@code to} are states of a job or attempt, versions of a resource (absent: there was, there is none).
 */
public record Event(
        Instant at,
        EventType type,
        String actor,
        @Nullable TeamName team,
        @Nullable JobId job,
        String name,
        @Nullable Integer attempt,
        @Nullable String from,
        @Nullable String to,
        @Nullable Why why,
        @Nullable JobSetName set) {
    /** Of no set. */
    public Event(
            Instant at,
            EventType type,
            String actor,
            @Nullable TeamName team,
            @Nullable JobId job,
            String name,
            @Nullable Integer attempt,
            @Nullable String from,
            @Nullable String to,
            @Nullable Why why) {
        this(at, type, actor, team, job, name, attempt, from, to, why, null);
    }

    /** The same of a job in that set. */
    public Event in(@Nullable JobSetName jobSet) {
        return jobSet == null ? this : new Event(at, type, actor, team, job, name, attempt, from, to, why, jobSet);
    }
}
