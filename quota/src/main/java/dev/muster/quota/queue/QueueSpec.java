package dev.muster.quota.queue;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the queue tree as a quota admin wrote it. {@code guarantee} is kept for it even when idle, {@code deserved} is
 * what it may always win back, {@code capability} the most it may hold (a name that is absent, or null as a whole, is not
 * limited; made by {@link Resources#limit}, where 0 forbids), {@code weight} its part of what is left over (1 or more). No
 * parent: a child of the root. {@code limits} are on users and priority classes.
 */
public record QueueSpec(
        QueueName name,
        @Nullable QueueName parent,
        Resources guarantee,
        Resources deserved,
        @Nullable Resources capability,
        int weight,
        QueueState state,
        List<Limit> limits) {
    public QueueSpec {
        limits = List.copyOf(limits);
        if (weight < 1) {
            throw new IllegalArgumentException("Bad weight %d of queue %s: expected 1 or more".formatted(weight, name));
        }
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

    public QueueSpec withLimits(List<Limit> others) {
        return new QueueSpec(name, parent, guarantee, deserved, capability, weight, state, others);
    }
}
