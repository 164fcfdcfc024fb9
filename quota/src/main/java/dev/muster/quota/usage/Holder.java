package dev.muster.quota.usage;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;

/** Whose attempt it was; {@code series} is the job's name without a number at its end, {@code user} who submitted it. */
public record Holder(TeamName team, QueueName queue, String user, String series) {}
