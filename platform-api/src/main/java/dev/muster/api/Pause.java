package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the planner plans and nothing is launched or evicted: a queue and those below it, or (absent) the whole cluster.
 * {@code actor} and {@code since} are given by the service.
 */
public record Pause(
        @Nullable String queue,
        String why,
        @Nullable String actor,
        @Nullable Instant since) {}
