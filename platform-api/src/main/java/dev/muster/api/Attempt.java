package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One launch of a job. */
public record Attempt(
        int number,
        String state,
        @Nullable Outcome outcome,
        List<Placement> placements,
        @Nullable List<Pod> pods,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** {@code pods} of a role were sent to a pool. */
    public record Placement(String role, String pool, int pods) {}

    /** A pod as the cluster shows it. */
    public record Pod(
            String name,
            String role,
            int index,
            String phase,
            @Nullable String pool,
            @Nullable String node,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Integer exitCode,
            @Nullable String message) {}
}
