package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are kept there before anybody needs them: from each tick of {@code cron} in {@code timeZone} on for as long as it {@code lasts}, as long as a job in
 * {@code queue} has waited longer than {@code after}, at most so many as schedules will need within the time {@code ahead}, or always. The {@code images} are pulled there.
 */
public record WarmSpec(
        int nodes,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable String lasts,
        @Nullable String queue,
        @Nullable String after,
        @Nullable String ahead,
        @Nullable List<String> images) {}
