package dev.muster.access;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants something with: one thing of a kind, or all of it ({@code name} null), within a team where it has one;
 * {@code queue} where it waits in one, or is one.
 */
public record Resource(
        Kind kind,
        @Nullable String team,
        @Nullable QueueName queue,
        @Nullable String name) {
    public Resource(Kind kind, @Nullable String team, @Nullable String name) {
        this(kind, kind == Kind.TEAM && team == null ? name : team, kind == Kind.QUEUE ? queue(name) : null, name);
    }

    public static Resource of(Kind kind, TeamName team, QueueName queue, String name) {
        return new Resource(kind, team.value(), queue, name);
    }

    /** All of a kind. */
    public static Resource all(Kind kind) {
        return new Resource(kind, null, null, null);
    }

    /** The kinds that there are. */
    public enum Kind {
        TEAM,
        QUEUE,
        POOL,
        PRIORITY_CLASS,
        JOB,
        SCHEDULE,
        EVENT,
        CLOCK,
        POLICY,
        /** What the planner looks at: the jobs of all teams. */
        PLANNER,
        /** The cluster's own configuration. */
        CLUSTER,
        /** The service itself: its pages, its description. */
        SERVICE,
        /** Figures for who watches the service; they name queues and teams. */
        METRICS,
        /** Who was given which duty. */
        GRANT,
        /** What somebody calls the service with. */
        TOKEN,
        /** Who signs in by password. */
        ACCOUNT,
        /** Somebody of a team wants more for its queue. */
        QUOTA_REQUEST,
        /** Who changed what. */
        RECORD,
        /** Who calls, as the service takes them: told to everybody who is known, whatever they hold. */
        ONESELF
    }

    /** For people: {@code job vision/01h…}. */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String within = kind == Kind.TEAM || team == null ? "" : team;
        String path = within + (!within.isEmpty() && name != null ? "/" : "") + (name == null ? "" : name);
        return path.isEmpty() ? word : word + " " + path;
    }

    /** Null for what is no name: there is no such queue. */
    private static @Nullable QueueName queue(@Nullable String name) {
        try {
            return name == null ? null : new QueueName(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
