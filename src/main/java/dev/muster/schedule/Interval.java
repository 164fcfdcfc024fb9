package dev.muster.schedule;

import java.time.Instant;

/** The time whose data a run is about: from {@code start}, before {@code end}. */
public record Interval(Instant start, Instant end) {
    public Interval {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "Bad interval from %s to %s: expected the start first".formatted(start, end));
        }
    }
}
