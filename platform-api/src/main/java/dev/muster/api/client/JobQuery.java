package dev.muster.api.client;

import org.jspecify.annotations.Nullable;

/** Which jobs and in which order; absent: all of every team, as the service orders them. {@code pageSize} is a wish. */
public record JobQuery(
        String team, @Nullable String filter, @Nullable String orderBy, int pageSize) {
    /** Every team at once. */
    public static final String ALL_TEAMS = "-";

    public static JobQuery all() {
        return new JobQuery(ALL_TEAMS, null, null, 500);
    }

    public JobQuery filtered(@Nullable String by) {
        return new JobQuery(team, by, orderBy, pageSize);
    }
}
