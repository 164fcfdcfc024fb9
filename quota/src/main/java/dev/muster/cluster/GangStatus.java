package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods of an attempt as they are now. {@code message} is what the scheduler says of a gang that waits, or empty;
 * {@code refusal} why nodes that it waits for do not come, null as long as they may; {@code ends} are those of pods that the
 * leader made, whose places others may have taken since, by what the cluster calls them; {@code unplaced} how many pods the leader has
 * made that wait for a place above those that its gang has, null where nobody says; {@code queue} in which queue the cluster itself counts
 * the gang, null where it counts none.
 */
public record GangStatus(
        AttemptId attempt,
        List<PodStatus> pods,
        String message,
        @Nullable String refusal,
        Map<String, PodStatus> ends,
        @Nullable Integer unplaced,
        @Nullable QueueName queue) {
    public GangStatus {
        pods = List.copyOf(pods);
        ends = Map.copyOf(ends);
    }

    /** Whose leader makes no pods. */
    public GangStatus(AttemptId attempt, List<PodStatus> pods, String message, @Nullable String refusal) {
        this(attempt, pods, message, refusal, Map.of(), null, null);
    }

    /** Whose nodes are there, or may come. */
    public GangStatus(AttemptId attempt, List<PodStatus> pods, String message) {
        this(attempt, pods, message, null);
    }

    /** The same with such ends. */
    public GangStatus with(Map<String, PodStatus> others) {
        return new GangStatus(attempt, pods, message, refusal, others, unplaced, queue);
    }

    /** The same where the leader is seen to want so many more. */
    public GangStatus wanting(int more) {
        return new GangStatus(attempt, pods, message, refusal, ends, more, queue);
    }

    /** The same where somebody has said that nodes do not come. */
    public GangStatus refused(@Nullable String why) {
        return new GangStatus(attempt, pods, message, why, ends, unplaced, queue);
    }

    /** The same, counted in that queue. */
    public GangStatus in(@Nullable QueueName counted) {
        return new GangStatus(attempt, pods, message, refusal, ends, unplaced, counted);
    }
}
