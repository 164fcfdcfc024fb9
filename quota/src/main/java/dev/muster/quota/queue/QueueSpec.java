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
 * parent: a child of the root. {@code limits} are on users and priority classes; {@code weights} are of single resources where
 * they differ from {@code weight}; {@code pools} are amounts in single pools. A {@code fence}: for jobs below it nobody outside
 * is evicted.
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
        Map<String, Integer> weights,
        Map<PoolName, PoolAmounts> pools,
        boolean fence) {
    public QueueSpec {
        limits = List.copyOf(limits);
        weights = Map.copyOf(weights);
        pools = Map.copyOf(pools);
        if (weight < 1) {
            throw new IllegalArgumentException("Bad weight %d of queue %s: expected 1 or more".formatted(weight, name));
        }
        for (Map.Entry<String, Integer> one : weights.entrySet()) {
            if (one.getValue() < 1) {
                throw new IllegalArgumentException("Bad weight %d of %s of queue %s: expected 1 or more"
                        .formatted(one.getValue(), one.getKey(), name));
            }
        }
    }

    /** Without weights of single resources, amounts of single pools, a fence. */
    public QueueSpec(
            QueueName name,
            @Nullable QueueName parent,
            Resources guarantee,
            Resources deserved,
            @Nullable Resources capability,
            int weight,
            QueueState state,
            List<Limit> limits) {
        this(name, parent, guarantee, deserved, capability, weight, state, limits, Map.of(), Map.of(), false);
    }

    /** Without limits on users and classes. */
    public QueueSpec(
            QueueName name,
            @Nullable QueueName parent,
            Resources guarantee,
            Resources deserved,
            @Nullable Resources capability,
            int weight,
            QueueState state) {
        this(name, parent, guarantee, deserved, capability, weight, state, List.of());
    }

    /** Its part of what is left over of this resource. */
    public int weight(String resource) {
        return weights.getOrDefault(resource, weight);
    }

    public QueueSpec withLimits(List<Limit> others) {
        return new QueueSpec(
                name, parent, guarantee, deserved, capability, weight, state, others, weights, pools, fence);
    }

    public QueueSpec withWeights(Map<String, Integer> others) {
        return new QueueSpec(
                name, parent, guarantee, deserved, capability, weight, state, limits, others, pools, fence);
    }

    public QueueSpec withPools(Map<PoolName, PoolAmounts> others) {
        return new QueueSpec(
                name, parent, guarantee, deserved, capability, weight, state, limits, weights, others, fence);
    }

    public QueueSpec withFence(boolean fenced) {
        return new QueueSpec(
                name, parent, guarantee, deserved, capability, weight, state, limits, weights, pools, fenced);
    }
}
