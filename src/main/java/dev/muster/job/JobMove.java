package dev.muster.job;

import dev.muster.event.Why;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A move (or edit) of a job, to be made only if it is still as {@code before} in state and version; {@code actor} did it. */
public record JobMove(
        Job before,
        Job after,
        Instant at,
        String actor,
        @Nullable Why why) {
    public JobMove {
        if (!before.id().equals(after.id()) || after.version() != before.version() + 1) {
            throw new IllegalArgumentException("Not the next version of job %s version %d: job %s version %d"
                    .formatted(before.id(), before.version(), after.id(), after.version()));
        }
    }
}
