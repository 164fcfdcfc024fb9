package dev.muster.cluster;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pod. {@code node} from when it is bound; {@code startedAt} when its containers run; {@code exitCode} and {@code cause}
 * when it has ended; {@code message} is the cluster's own sentence, or empty.
 */
public record PodStatus(
        PodRef pod,
        PodPhase phase,
        PoolName pool,
        @Nullable NodeName node,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        @Nullable PodEnd cause,
        String message) {
    /** Its node went away, whatever its phase says. */
    public boolean isLost() {
        return phase == PodPhase.LOST
                || (phase == PodPhase.FAILED && (cause == PodEnd.SPOT_INTERRUPTED || cause == PodEnd.NODE_LOST));
    }
}
