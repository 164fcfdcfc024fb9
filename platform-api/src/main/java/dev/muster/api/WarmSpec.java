package dev.muster.api;

import org.jspecify.annotations.Nullable;

/**
 * Nodes that are kept there before anybody needs them: from each tick of {@code cron} in {@code timeZone} on for as long as it {@code lasts}, as long as a job in
 * {@code queue} has waited longer than {@code after}, or always.
 */
public record WarmSpec(
        int nodes,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable String lasts,
        @Nullable String queue,
        @Nullable String after) {}
