package dev.muster.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change in the record: who made it, when, how they were known and from where, of what, what it was before and is after,
 * and why. {@code means} absent: the service did it in somebody's name.
 */
public record Change(
        long id,
        Instant at,
        String actor,
        @Nullable String means,
        @Nullable String token,
        @Nullable String address,
        @Nullable String agent,
        String type,
        @Nullable String team,
        String name,
        @Nullable Object before,
        @Nullable Object after,
        @Nullable String why,
        @Nullable String trace) {}
