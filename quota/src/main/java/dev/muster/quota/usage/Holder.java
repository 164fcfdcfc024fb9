package dev.muster.quota.usage;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import org.jspecify.annotations.Nullable;

/**
 * Whose attempt it was; {@code series} is the job's name without a number at its end, {@code user} who submitted it,
 * {@code costCentre} who pays where that is not the team.
 */
public record Holder(
        TeamName team,
        QueueName queue,
        String user,
        String series,
        @Nullable String costCentre) {
    /** One that its team pays. */
    public Holder(TeamName team, QueueName queue, String user, String series) {
        this(team, queue, user, series, null);
    }
}
