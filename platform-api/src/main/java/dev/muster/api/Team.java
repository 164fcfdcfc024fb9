package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A team. */
public record Team(
        @Nullable String kind,
        Metadata metadata,
        TeamSpec spec,
        @Nullable TeamStatus status) {
    public static final String KIND = "Team";
}
