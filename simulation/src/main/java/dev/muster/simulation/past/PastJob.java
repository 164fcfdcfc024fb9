package dev.muster.simulation.past;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that was: when it came, for how long it {@code ran}, what its owner {@code told} of that, and whether it
 * {@code mayPreempt} others by its priority class. */
public record PastJob(
        JobId id,
        QueueName queue,
        int priority,
        boolean mayPreempt,
        Instant at,
        List<PastRole> roles,
        Duration ran,
        @Nullable Duration told) {
    public PastJob {
        roles = List.copyOf(roles);
        if (roles.isEmpty() || ran.isNegative()) {
            throw new IllegalArgumentException(
                    "Job %s: expected roles, and a run of 0 s or more, not %s".formatted(id, ran));
        }
    }
}
