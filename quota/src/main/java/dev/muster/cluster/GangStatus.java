package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pods of an attempt as they are now. {@code message} is what the scheduler says of a gang that waits, or empty;
 * {@code refusal} why nodes that it waits for do not come, null as long as they may.
 */
public record GangStatus(
        AttemptId attempt,
        List<PodStatus> pods,
        String message,
        @Nullable String refusal) {
    public GangStatus {
        pods = List.copyOf(pods);
    }

    /** Whose nodes are there, or may come. */
    public GangStatus(AttemptId attempt, List<PodStatus> pods, String message) {
        this(attempt, pods, message, null);
    }

    /** The same where somebody has said that nodes do not come. */
    public GangStatus refused(@Nullable String why) {
        return new GangStatus(attempt, pods, message, why);
    }
}
