package dev.muster.job;

import dev.muster.event.Why;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A move of an attempt of {@code job}, to be made only if it is still as {@code before}; {@code actor} did it. */
public record AttemptMove(
        Job job,
        Attempt before,
        Attempt after,
        Instant at,
        String actor,
        @Nullable Why why) {
    public AttemptMove {
        if (!before.id().equals(after.id()) || after.version() != before.version() + 1) {
            throw new IllegalArgumentException("Not the next version of attempt %s version %d: attempt %s version %d"
                    .formatted(before.id(), before.version(), after.id(), after.version()));
        }
    }
}
