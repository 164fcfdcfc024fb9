package dev.muster.quota.plan;

import dev.muster.quota.fit.PoolFit;
import dev.muster.quota.fit.PoolQuota;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Why queues keep a gang from starting, in words with numbers. */
final class QuotaReasons {
    private final World world;

    QuotaReasons(World world) {
        this.world = world;
    }

    static Reason unknownQueue(QueueName queue) {
        return new Reason(
                ReasonCode.QUEUE_UNKNOWN,
                "queue %s does not exist".formatted(queue),
                "Move the job to a queue that exists, or create %s again.".formatted(queue),
                Map.of("queue", queue.value()));
    }

    static Reason closed(QueueName queue) {
        return new Reason(
                ReasonCode.QUEUE_CLOSED,
                "queue %s, or one above it, is draining: nothing new starts".formatted(queue),
                "Open the queue, or move the job to another.",
                Map.of("queue", queue.value()));
    }

    /** Which limits of queues stand against the gang now. */
    List<Reason> of(Group group) {
        return of(group.queue, group.asked);
    }

    /** Which limits stand against booking {@code amounts}, wide, to the queue now. */
    List<Reason> of(int queue, long[] amounts) {
        List<Reason> reasons = new ArrayList<>();
        if (queue == Ledger.NONE) {
            return reasons;
        }
        Ledger ledger = world.ledger;
        for (int r = 0; r < amounts.length; r++) {
            long asked = amounts[r];
            Ledger.Refusal refusal = asked == 0 ? null : ledger.refusal(queue, r, asked);
            if (refusal != null) {
                reasons.add(
                        switch (refusal.kind()) {
                            case CAPABILITY -> capabilityReached(ledger.tightest(queue, r), r, asked);
                            case GUARANTEE -> guaranteeOfOthers(refusal, asked);
                        });
            }
        }
        return reasons;
    }

    private Reason capabilityReached(int queueNumber, int resource, long asked) {
        Ledger ledger = world.ledger;
        String name = world.resource(resource);
        String queue = ledger.name(queueNumber).value();
        long capability = ledger.capability(queueNumber, resource);
        long used = ledger.used(queueNumber, resource);
        long left = ledger.left(queueNumber, resource);
        return new Reason(
                ReasonCode.CAPABILITY_REACHED,
                "needs %s %s; queue %s has %s left of its capability %s"
                        .formatted(
                                amount(name, asked),
                                world.words(resource),
                                queue,
                                amount(name, left),
                                amount(name, capability)),
                "Runs when jobs of %s that hold %s %s or more have ended."
                        .formatted(queue, amount(name, asked - left), world.words(resource)),
                numbers(queue, resource, asked, used, left, "capability", capability));
    }

    private Reason guaranteeOfOthers(Ledger.Refusal refusal, long asked) {
        Ledger ledger = world.ledger;
        int resource = refusal.resource();
        String name = world.resource(resource);
        long idle = ledger.idleGuarantee(resource);
        long free = resource < world.index.size() ? world.room.free()[resource] : world.freeInPool(resource);
        String where = refusal.queue() == Ledger.NONE ? "all pools" : "queue " + ledger.name(refusal.queue());
        if (resource >= world.index.size()) {
            where = "pool " + world.columns.pool(resource);
        }
        long left = Math.max(0, free - idle);
        return new Reason(
                ReasonCode.GUARANTEE_OF_OTHERS,
                "needs %s %s; of what is free in %s (%s), %s is kept for idle guarantees of others"
                        .formatted(amount(name, asked), name, where, amount(name, free), amount(name, idle)),
                "Runs when other jobs end, or when a guarantee is lowered.",
                numbers("", resource, asked, Math.max(0, ledger.supply(resource) - free), left, "guarantee", idle));
    }

    /** Each role fits on nodes, but the pools that have room are full for the queue. */
    Reason ofSinglePools(Group group, PoolQuota most) {
        Map<String, String> numbers = new TreeMap<>();
        List<String> said = new ArrayList<>();
        PoolFit fit = new PoolFit(world.room, world.packer);
        for (int role = 0; role < group.shape.roles(); role++) {
            Ask ask = group.sample.roles().get(role);
            numbers.put("asked." + ask.role(), Integer.toString(ask.minimum()));
            String pools = fit.podsByPool(group.shape, role, most).entrySet().stream()
                    .peek(pool -> numbers.put(
                            "available." + ask.role() + "." + pool.getKey(),
                            pool.getValue().toString()))
                    .map(pool -> "at most %d in pool %s".formatted(pool.getValue(), pool.getKey()))
                    .collect(Collectors.joining(", "));
            said.add("%s needs %d × (%s); queue %s may start %s"
                    .formatted(ask.role(), ask.minimum(), ask.pod().spoken(), group.queueName(), pools));
        }
        return new Reason(
                capabilityCountsInSomePool(group.queue)
                        ? ReasonCode.CAPABILITY_REACHED
                        : ReasonCode.GUARANTEE_OF_OTHERS,
                String.join("; ", said),
                "Runs when jobs of %s end in one of these pools, or when its amounts there, or those of others, change."
                        .formatted(group.queueName()),
                numbers);
    }

    private boolean capabilityCountsInSomePool(int queue) {
        Ledger ledger = world.ledger;
        for (int place = world.index.size(); place < ledger.width(); place++) {
            long bookable = ledger.bookable(queue, place);
            Ledger.Refusal refusal = bookable == Long.MAX_VALUE ? null : ledger.refusal(queue, place, bookable + 1);
            if (refusal != null && refusal.kind() == Ledger.Refusal.Kind.CAPABILITY) {
                return true;
            }
        }
        return false;
    }

    private Map<String, String> numbers(
            String queue, int resource, long asked, long used, long available, String limit, long amount) {
        Map<String, String> numbers = new TreeMap<>();
        String name = world.resource(resource);
        String key = world.key(resource);
        if (!queue.isEmpty()) {
            numbers.put("queue", queue);
        }
        numbers.put("asked." + key, amount(name, asked));
        numbers.put("used." + key, amount(name, used));
        numbers.put("available." + key, amount(name, available));
        numbers.put(limit + "." + key, amount(name, amount));
        return numbers;
    }

    private static String amount(String name, long amount) {
        return Quantity.format(name, amount);
    }
}
