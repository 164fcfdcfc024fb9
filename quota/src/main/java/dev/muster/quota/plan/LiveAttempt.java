package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt that is not ended: what it holds in the ledger and where its pods are, or are promised to be. */
public record LiveAttempt(AttemptId id, QueueName queue, int priority, Instant since, List<Held> pods) {
    public LiveAttempt {
        pods = List.copyOf(pods);
    }

    /** {@code count} equal pods of a role in a pool; {@code node} where they are bound, null while only promised. */
    public record Held(
            RoleName role, PoolName pool, @Nullable NodeName node, Resources pod, int count) {}
}
