package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gang that gave way: for which job ({@code taker}, absent where for none, or for one that is deleted), by which rule ({@code code}) and why, and
 * what of its work was lost since it was saved last, or began.
 */
public record Preemption(
        Instant at,
        String team,
        @Nullable String queue,
        String job,
        String name,
        int attempt,
        String code,
        String message,
        int pods,
        double lostCoreHours,
        @Nullable String taker,
        @Nullable String takerName,
        @Nullable String takerTeam) {}
