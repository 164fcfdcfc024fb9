package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A pool of nodes. */
public record Pool(
        @Nullable String kind,
        Metadata metadata,
        PoolSpec spec,
        @Nullable PoolStatus status) {
    public static final String KIND = "Pool";
}
