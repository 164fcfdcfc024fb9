package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One launch of a job; {@code ends} of its pods so far, and {@code verdict}, one sentence of those that were lost; {@code changes}: what retry rules let it do in another way. */
public record Attempt(
        int number,
        String state,
        @Nullable Outcome outcome,
        List<Placement> placements,
        @Nullable List<Pod> pods,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable List<End> ends,
        @Nullable String verdict,
        @Nullable List<String> changes) {
    /** {@code pods} of a role were sent to a pool. */
    public record Placement(String role, String pool, int pods) {}

    /** {@code count} pods of a role that ended alike; {@code exitCode} where it is all that is known of the cause. */
    public record End(
            String role, String cause, @Nullable Integer exitCode, int count, List<String> pools, List<String> nodes) {}

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
