package dev.muster.quota.plan;

import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A launch whose attempt has ended: it holds nothing any more and still counts in limits on launches of the last minute. */
public record PastLaunch(
        QueueName queue, String user, @Nullable PriorityClassName priorityClass, Instant at) {}
