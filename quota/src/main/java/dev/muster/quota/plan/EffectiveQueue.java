package dev.muster.quota.plan;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a queue once the queues above it and the supply are looked at: the planner's own numbers. {@code guarantee} and
 * {@code deserved} count proportionally less where there is not enough for all; {@code capability} is the least of the lineage,
 * a name that is absent is not limited; {@code bookable} is how much more a job of it may take now, of quota and of what is free.
 * {@code weight} is by resource, and {@code cpu.spot-a} of one pool where its deserved is said.
 * {@code fence} is the nearest one from it upwards, beyond which nobody is evicted for its jobs; null where there is none.
 */
public record EffectiveQueue(
        QueueName name,
        QueueState state,
        Amounts amounts,
        SortedMap<PoolName, Amounts> pools,
        SortedMap<String, Integer> weight,
        @Nullable QueueName fence) {
    public EffectiveQueue {
        pools = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        weight = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(weight));
    }

    /** Over all pools, or in one; there {@code deserved} has only the names that are said. */
    public record Amounts(
            Resources guarantee, Resources deserved, Resources capability, Resources used, Resources bookable) {}

    /** Of every queue of the snapshot, by name; jobs that wait do not matter. */
    public static SortedMap<QueueName, EffectiveQueue> of(Snapshot snapshot) {
        World world = World.of(snapshot.with(List.of(), snapshot.live()));
        SortedMap<QueueName, EffectiveQueue> queues = new TreeMap<>();
        for (int q = 0; q < world.ledger.queues(); q++) {
            queues.put(world.ledger.name(q), of(world, q));
        }
        return queues;
    }

    private static EffectiveQueue of(World world, int queue) {
        Ledger ledger = world.ledger;
        QueueName name = ledger.name(queue);
        Collected all = new Collected();
        Map<PoolName, Collected> pools = new TreeMap<>();
        SortedMap<String, Integer> weight = new TreeMap<>();
        for (int place = 0; place < ledger.width(); place++) {
            PoolName pool = world.columns.pool(place);
            Collected into = pool == null ? all : pools.computeIfAbsent(pool, p -> new Collected());
            into.add(world, queue, place);
            if (pool == null || ledger.says(queue, place)) {
                weight.put(world.key(place), ledger.weight(queue, place));
            }
        }
        SortedMap<PoolName, Amounts> amounts = new TreeMap<>();
        pools.forEach((pool, collected) -> amounts.put(pool, collected.amounts()));
        int fence = ledger.fence(queue);
        return new EffectiveQueue(
                name,
                world.tree.effectiveState(name),
                all.amounts(),
                amounts,
                weight,
                fence == Ledger.NONE ? null : ledger.name(fence));
    }

    private static final class Collected {
        private final Map<String, Long> guarantee = new TreeMap<>();
        private final Map<String, Long> deserved = new TreeMap<>();
        private final Map<String, Long> capability = new TreeMap<>();
        private final Map<String, Long> used = new TreeMap<>();
        private final Map<String, Long> bookable = new TreeMap<>();

        void add(World world, int queue, int place) {
            Ledger ledger = world.ledger;
            String name = world.resource(place);
            guarantee.put(name, ledger.guarantee(queue, place));
            if (ledger.says(queue, place)) {
                deserved.put(name, (long) ledger.deserved(queue, place));
            }
            long least = ledger.leastCapability(queue, place);
            if (least != Long.MAX_VALUE) {
                capability.put(name, least);
            }
            used.put(name, ledger.used(queue, place));
            bookable.put(name, Math.min(ledger.bookable(queue, place), Math.max(0, ledger.free(place))));
        }

        Amounts amounts() {
            return new Amounts(
                    Resources.of(guarantee),
                    Resources.limit(deserved),
                    Resources.limit(capability),
                    Resources.of(used),
                    Resources.limit(bookable));
        }
    }
}
