package dev.muster.job;

import java.time.Instant;

/** A job does not use a pool before {@code until}, after {@code times} launches there that failed in a row (1 or more). */
public record Backoff(int times, Instant until) {
    public Backoff {
        if (times < 1) {
            throw new IllegalArgumentException(
                    "Back-off after %d failed launches: expected 1 or more".formatted(times));
        }
    }
}
