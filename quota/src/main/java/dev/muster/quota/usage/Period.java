package dev.muster.quota.usage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a time until before another. */
public record Period(Instant from, Instant to) {
    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "Bad period from %s to %s: it ends before it begins".formatted(from, to));
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** What both have in common; null where that is nothing. */
    @Nullable
    Period and(Instant since, @Nullable Instant until) {
        Instant begin = since.isAfter(from) ? since : from;
        Instant end = until != null && until.isBefore(to) ? until : to;
        return begin.isBefore(end) ? new Period(begin, end) : null;
    }
}
