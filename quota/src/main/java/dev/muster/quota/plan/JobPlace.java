package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A waiting job's place taken apart into what makes it up, in the order in which it counts: {@code shares} of the queues from
 * the top of the tree down to its own, as if it were the next of each; inside its queue the priority of its class and what
 * aging adds, then {@code since} when it waits ({@code age} long), then its id. {@code inQueue} counts from 1.
 */
public record JobPlace(
        JobId job, List<Share> shares, JobOrder order, Instant since, Duration age, int inQueue, int ofQueue) {
    public JobPlace {
        shares = List.copyOf(shares);
    }
}
