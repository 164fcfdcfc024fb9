package dev.muster.quota.queue;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the queue tree as a quota admin wrote it. {@code guarantee} is kept for it even when idle, {@code deserved} is
 * what it may always win back, {@code capability} the most it may hold (a name that is absent, or null as a whole, is not
 * limited; made by {@link Resources#limit}, where 0 forbids), {@code weight} its part of what is left over (1 or more). No
 * parent: a child of the root. {@code poolCapability} is the most it may hold in single pools.
 */
public record QueueSpec(
        QueueName name,
        @Nullable QueueName parent,
        Resources guarantee,
        Resources deserved,
        @Nullable Resources capability,
        int weight,
        QueueState state,
        List<Limit> limits,
        Map<PoolName, Resources> poolCapability) {
    public QueueSpec {
        limits = List.copyOf(limits);
        poolCapability = Map.copyOf(poolCapability);
        if (weight < 1) {
            throw new IllegalArgumentException("Bad weight %d of queue %s: expected 1 or more".formatted(weight, name));
        }
    }

    /** Without limits on users, classes and single pools. */
    public QueueSpec(
            QueueName name,
            @Nullable QueueName parent,
            Resources guarantee,
            Resources deserved,
            @Nullable Resources capability,
            int weight,
            QueueState state) {
        this(name, parent, guarantee, deserved, capability, weight, state, List.of(), Map.of());
    }

    public QueueSpec withLimits(List<Limit> others) {
        return new QueueSpec(name, parent, guarantee, deserved, capability, weight, state, others, poolCapability);
    }

    public QueueSpec withPoolCapability(Map<PoolName, Resources> others) {
        return new QueueSpec(name, parent, guarantee, deserved, capability, weight, state, limits, others);
    }
}
