package dev.muster.cli.replay;

import java.time.Duration;
import java.time.Instant;

/** When the trace begins, and how much faster it goes than it was recorded. */
public record Pace(Instant start, double speed) {
    public Pace {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("Speed %s: expected more than 0".formatted(speed));
        }
    }

    Duration scaled(Duration recorded) {
        return speed == 1 ? recorded : Duration.ofMillis(Math.round(recorded.toMillis() / speed));
    }

    /** How far into the trace a time is. */
    Duration into(Instant now) {
        Duration since = Duration.between(start, now);
        return since.isNegative() ? Duration.ZERO : Duration.ofMillis(Math.round(since.toMillis() * speed));
    }

    Instant arrival(Duration recorded) {
        return start.plus(scaled(recorded));
    }
}
