package dev.muster.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue as its admin wrote it. Absent guarantee and deserved: nothing; absent capability: as much as its parent; weight 1; OPEN.
 * {@code weights} are of single resources, {@code pools} further amounts in single pools, {@code fence}: for its jobs nobody
 * outside of it is evicted.
 */
public record QueueSpec(
        @Nullable String parent,
        @Nullable String team,
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        @Nullable Integer weight,
        @Nullable String state,
        @Nullable Map<String, Integer> weights,
        @Nullable List<QueueLimit> limits,
        @Nullable Map<String, QueueAmounts> pools,
        @Nullable Boolean fence) {
    /** Without weights of single resources, limits, amounts of single pools, a fence. */
    public QueueSpec(
            @Nullable String parent,
            @Nullable String team,
            @Nullable Map<String, String> guarantee,
            @Nullable Map<String, String> deserved,
            @Nullable Map<String, String> capability,
            @Nullable Integer weight,
            @Nullable String state) {
        this(parent, team, guarantee, deserved, capability, weight, state, null, null, null, null);
    }
}
