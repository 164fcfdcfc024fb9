package dev.muster.postgres;

import java.time.Instant;

/** A team, queue, pool or priority class as it is kept. {@code version} counts its writes from 1. */
public record Versioned<T>(T value, long version, Instant createdAt, Instant updatedAt) {}
