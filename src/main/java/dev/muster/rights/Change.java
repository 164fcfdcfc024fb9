package dev.muster.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change that somebody made: {@code before} and {@code after} are JSON, null for what was or is not there. */
public record Change(
        Instant at,
        String actor,
        String type,
        @Nullable String team,
        String name,
        @Nullable String before,
        @Nullable String after,
        @Nullable String why) {}
