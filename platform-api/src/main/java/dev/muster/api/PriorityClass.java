package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** A priority class. */
public record PriorityClass(@Nullable String kind, Metadata metadata, PriorityClassSpec spec) {
    public static final String KIND = "PriorityClass";
}
