package dev.muster.quota.plan;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is not ended: what it holds in the ledger and where its pods are, or are promised to be. {@code roles} are
 * the job's, empty where its pods neither grow nor shrink nor give way; {@code checkpoint} is when its work was last saved,
 * null where never.
 */
public record LiveAttempt(
        AttemptId id,
        QueueName queue,
        int priority,
        Instant since,
        List<Held> pods,
        List<Ask> roles,
        Traits traits,
        @Nullable Instant checkpoint) {
    public LiveAttempt {
        pods = List.copyOf(pods);
        roles = List.copyOf(roles);
    }

    /** One that nothing more is known of: it is left alone until it ends. */
    public LiveAttempt(AttemptId id, QueueName queue, int priority, Instant since, List<Held> pods) {
        this(id, queue, priority, since, pods, List.of(), Traits.PLAIN, null);
    }

    public LiveAttempt withPods(List<Held> others) {
        return new LiveAttempt(id, queue, priority, since, others, roles, traits, checkpoint);
    }

    /** When it ends at the latest, null where nobody knows. */
    public @Nullable Instant expectedEnd() {
        return traits.runTime() == null ? null : since.plus(traits.runTime());
    }

    /**
     * {@code count} equal pods of a role in a pool; {@code node} where they are bound or promised to be, null where nobody
     * knows: then room for them is kept somewhere in the pool. {@code leaving}: they are being ended, {@code leavingFor}: to
     * make room for that job, null where nobody takes it.
     */
    public record Held(
            RoleName role,
            PoolName pool,
            @Nullable NodeName node,
            Resources pod,
            int count,
            @Nullable JobId leavingFor,
            boolean leaving) {
        public Held {
            leaving |= leavingFor != null;
        }

        /** Pods that stay, or leave for somebody. */
        public Held(
                RoleName role,
                PoolName pool,
                @Nullable NodeName node,
                Resources pod,
                int count,
                @Nullable JobId leavingFor) {
            this(role, pool, node, pod, count, leavingFor, false);
        }

        /** Pods that stay. */
        public Held(RoleName role, PoolName pool, @Nullable NodeName node, Resources pod, int count) {
            this(role, pool, node, pod, count, null, false);
        }

        /** On their way out; for nobody where {@code taker} is null. */
        public Held leavingFor(@Nullable JobId taker) {
            return new Held(role, pool, node, pod, count, taker, true);
        }

        public Held withCount(int other) {
            return new Held(role, pool, node, pod, other, leavingFor, leaving);
        }
    }
}
