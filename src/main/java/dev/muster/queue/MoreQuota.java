package dev.muster.queue;

import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;

/** Amounts that a queue has, or wants, beside its own. */
public record MoreQuota(Resources guarantee, Resources deserved, Resources capability) {
    public static final MoreQuota NONE = new MoreQuota(Resources.NONE, Resources.NONE, Resources.NONE);

    public MoreQuota plus(MoreQuota other) {
        return new MoreQuota(
                guarantee.plus(other.guarantee), deserved.plus(other.deserved), capability.plus(other.capability));
    }

    /** The queue with them; what its capability does not limit stays so. */
    public QueueSpec onTopOf(QueueSpec own) {
        Resources limit = own.capability();
        return new QueueSpec(
                own.name(),
                own.parent(),
                own.guarantee().plus(guarantee),
                own.deserved().plus(deserved),
                limit == null ? null : raised(limit),
                own.weight(),
                own.state(),
                own.limits(),
                own.weights(),
                own.pools(),
                own.fence());
    }

    public boolean isNothing() {
        return guarantee.isZero() && deserved.isZero() && capability.isZero();
    }

    private Resources raised(Resources limit) {
        java.util.Map<String, Long> amounts = limit.asMap();
        amounts.replaceAll((name, amount) -> Resources.add(amount, capability.amount(name)));
        return Resources.limit(amounts);
    }
}
