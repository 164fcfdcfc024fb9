package dev.muster.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody wants something with: one thing of a kind, or all of it ({@code name} null), within a team where it has one. */
public record Resource(
        Kind kind, @Nullable String team, @Nullable String name) {
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
        /** The service itself: its pages, metrics, description. */
        SERVICE
    }

    /** For people: {@code job vision/01h…}. */
    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String path =
                (team == null ? "" : team) + (team != null && name != null ? "/" : "") + (name == null ? "" : name);
        return path.isEmpty() ? word : word + " " + path;
    }
}
