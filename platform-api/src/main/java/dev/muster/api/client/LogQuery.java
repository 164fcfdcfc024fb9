package dev.muster.api.client;

import org.jspecify.annotations.Nullable;

/** Whose output: the pod {@code index} of a role in an attempt (absent: the first role, the last attempt), from byte {@code offset}. */
public record LogQuery(
        String team,
        String job,
        @Nullable String role,
        int index,
        @Nullable Integer attempt,
        long offset) {
    public LogQuery from(long newOffset) {
        return new LogQuery(team, job, role, index, attempt, newOffset);
    }
}
