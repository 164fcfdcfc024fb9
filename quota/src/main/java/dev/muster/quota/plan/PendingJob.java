package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A job that waits and may be looked at. {@code priority} is its class's value; {@code since} is when it began to wait
 * (submission or {@code notBefore}); {@code notIn} holds the pools it must not use before the given time (back-off);
 * {@code claim} is the room that was made for it ({@link Plan#claims}), empty for most. Equal jobs cost least where they share
 * one list of roles.
 */
public record PendingJob(
        JobId id,
        QueueName queue,
        int priority,
        Instant since,
        List<Ask> roles,
        Map<PoolName, Instant> notIn,
        Traits traits,
        List<LiveAttempt.Held> claim) {
    /** Until then it does not use pools that it keeps away from whatever comes. */
    public static final Instant FOR_GOOD = Instant.parse("2200-01-01T00:00:00Z");

    public PendingJob {
        claim = List.copyOf(claim);
        roles = List.copyOf(roles);
        notIn = Map.copyOf(notIn);
    }

    /** With nothing special about it. */
    public PendingJob(
            JobId id, QueueName queue, int priority, Instant since, List<Ask> roles, Map<PoolName, Instant> notIn) {
        this(id, queue, priority, since, roles, notIn, Traits.PLAIN);
    }

    /** Without a claim. */
    public PendingJob(
            JobId id,
            QueueName queue,
            int priority,
            Instant since,
            List<Ask> roles,
            Map<PoolName, Instant> notIn,
            Traits traits) {
        this(id, queue, priority, since, roles, notIn, traits, List.of());
    }

    /** As its first attempt that lives, where a plan had its pods in mind. */
    LiveAttempt launched(Instant now, List<LiveAttempt.Held> promise) {
        return new LiveAttempt(new AttemptId(id, 1), queue, priority, now, promise, roles, traits, null);
    }

    /** It may use again the pools that it had to leave alone until {@code then}. */
    PendingJob withoutBackoffUntil(Instant then) {
        Map<PoolName, Instant> left = new HashMap<>(notIn);
        left.values().removeIf(until -> !until.isAfter(then));
        return new PendingJob(id, queue, priority, since, roles, left, traits, claim);
    }

    public PendingJob with(Traits other) {
        return new PendingJob(id, queue, priority, since, roles, notIn, other, claim);
    }

    /** The same with an equal list of roles, or another one. */
    public PendingJob withRoles(List<Ask> asks) {
        return new PendingJob(id, queue, priority, since, asks, notIn, traits, claim);
    }

    public PendingJob withClaim(List<LiveAttempt.Held> room) {
        return new PendingJob(id, queue, priority, since, roles, notIn, traits, room);
    }
}
