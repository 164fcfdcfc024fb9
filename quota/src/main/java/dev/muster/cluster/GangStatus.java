package dev.muster.cluster;

import dev.muster.quota.name.AttemptId;
import java.util.List;

/** The pods of an attempt as they are now. {@code message} is what the scheduler says of a gang that waits, or empty. */
public record GangStatus(AttemptId attempt, List<PodStatus> pods, String message) {
    public GangStatus {
        pods = List.copyOf(pods);
    }
}
