package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A queue of the tree. */
public record Queue(
        @Nullable String kind,
        Metadata metadata,
        QueueSpec spec,
        @Nullable QueueStatus status) {
    public static final String KIND = "Queue";
}
