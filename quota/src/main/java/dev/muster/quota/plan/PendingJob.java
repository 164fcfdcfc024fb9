package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job that waits and may be looked at. {@code priority} is its class's value; {@code since} is when it began to wait
 * (submission or {@code notBefore}); {@code notIn} holds the pools it must not use before the given time (back-off). Equal jobs
 * cost least where they share one list of roles.
 */
public record PendingJob(
        JobId id,
        QueueName queue,
        int priority,
        Instant since,
        List<Ask> roles,
        Map<PoolName, Instant> notIn,
        Traits traits) {
    public PendingJob {
        roles = List.copyOf(roles);
        notIn = Map.copyOf(notIn);
    }

    /** With nothing special about it. */
    public PendingJob(
            JobId id, QueueName queue, int priority, Instant since, List<Ask> roles, Map<PoolName, Instant> notIn) {
        this(id, queue, priority, since, roles, notIn, Traits.PLAIN);
    }

    public PendingJob with(Traits other) {
        return new PendingJob(id, queue, priority, since, roles, notIn, other);
    }
}
