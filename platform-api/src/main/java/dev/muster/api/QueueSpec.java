package dev.muster.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A queue as its admin wrote it. Absent guarantee and deserved: nothing; absent capability: as much as its parent; weight 1; OPEN. */
public record QueueSpec(
        @Nullable String parent,
        @Nullable String team,
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        @Nullable Integer weight,
        @Nullable String state) {}
