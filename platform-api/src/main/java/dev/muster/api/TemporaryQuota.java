package dev.muster.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a queue has beside its own until a moment, by which request. */
public record TemporaryQuota(
        String request,
        @Nullable Map<String, String> guarantee,
        @Nullable Map<String, String> deserved,
        @Nullable Map<String, String> capability,
        Instant until) {}
