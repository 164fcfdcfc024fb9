package dev.muster.quota.usage;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import org.jspecify.annotations.Nullable;

/**
 * Whose attempt it was; {@code series} is the job's name without a number at its end, {@code user} who submitted it,
 * {@code costCentre} who pays where that is not the team, {@code priority} the job's class, null where nobody knows any more.
 */
public record Holder(
        TeamName team,
        QueueName queue,
        String user,
        String series,
        @Nullable String costCentre,
        @Nullable String priority) {
    /** A class that nobody knows any more. */
    public static final String UNKNOWN = "unknown";

    /** One that its team pays. */
    public Holder(TeamName team, QueueName queue, String user, String series) {
        this(team, queue, user, series, null, null);
    }
}
