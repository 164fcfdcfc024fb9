package dev.muster.queue;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of a team wants more for its queue, {@code until} a moment, null: for good. {@code decision}: what became of it, null as
 * long as nobody has said.
 */
public record QuotaRequest(
        String id,
        TeamName team,
        QueueName queue,
        MoreQuota asked,
        @Nullable Instant until,
        String why,
        String askedBy,
        Instant askedAt,
        State state,
        @Nullable Decision decision) {

    /** Where a request can be. */
    public enum State {
        /** Nobody has said yes or no. */
        OPEN,
        /** In force, or for good part of what the queue has. */
        GRANTED,
        DECLINED,
        /** By who asked. */
        WITHDRAWN,
        /** It was in force, and is not any more. */
        ENDED
    }

    /** Who said what of it; {@code more} and {@code until} are what was granted, which may be other than was asked. */
    public record Decision(
            String by,
            Instant at,
            @Nullable String why,
            @Nullable MoreQuota more,
            @Nullable Instant until) {}

    public QuotaRequest with(State next, @Nullable Decision said) {
        return new QuotaRequest(id, team, queue, asked, until, why, askedBy, askedAt, next, said);
    }

    /** In force beside what the queue has, null where not. */
    public @Nullable MoreQuota inForce() {
        return state == State.GRANTED && decision != null && decision.until() != null ? decision.more() : null;
    }
}
