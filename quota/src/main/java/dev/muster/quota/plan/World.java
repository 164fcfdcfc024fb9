package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Packer;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.PoolQuota;
import dev.muster.quota.fit.Promises;
import dev.muster.quota.fit.Room;
import dev.muster.quota.fit.RoomBuilder;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.PoolColumns;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A snapshot in dense form: the ledger and the free room after everything that lives has been booked. */
final class World {
    final Snapshot snapshot;
    final QueueTree tree;
    final ResourceIndex index;
    final PoolColumns columns;
    final Ledger ledger;
    final Use use;
    final Room room;
    final Places places;
    final Packer packer;
    final Comparator<PendingJob> insideAQueue;

    private World(Snapshot snapshot, SortedSet<String> labels) {
        this.snapshot = snapshot;
        insideAQueue = JobOrder.insideAQueue(snapshot.now(), snapshot.settings().aging());
        tree = QueueTree.lenient(snapshot.queues());
        index = indexOf(snapshot);
        columns = new PoolColumns(tree, index);
        RoomBuilder nodes = new RoomBuilder(index, snapshot.nodes());
        ledger = new Ledger(tree, index, columns, supply(nodes.supply()));
        List<LiveAttempt> live = new ArrayList<>(snapshot.live());
        live.sort(Comparator.comparing(LiveAttempt::id));
        long[] pod = new long[index.size()];
        for (LiveAttempt attempt : live) {
            long[] held = new long[index.size()];
            for (LiveAttempt.Held pods : attempt.pods()) {
                index.write(pods.pod(), pod, 0);
                for (int r = 0; r < pod.length; r++) {
                    held[r] = Resources.add(held[r], Resources.multiply(pod[r], pods.count()));
                }
                if (pods.node() != null) {
                    nodes.bind(pods.node(), pod, pods.count());
                }
            }
            int queue = ledger.number(attempt.queue());
            ledger.add(queue, held);
            inPools(attempt.pods(), (place, amount) -> ledger.add(queue, place, amount));
        }
        use = new Use(this, snapshot.decayedUse());
        room = nodes.build(labels);
        places = new Places(room);
        packer = new Packer(room);
        Promises promises = new Promises(room, places, packer);
        for (LiveAttempt attempt : live) {
            for (LiveAttempt.Held pods : attempt.pods()) {
                if (pods.node() == null) {
                    promises.keep(pods.role(), pods.pool(), index.vector(pods.pod()), pods.count());
                }
            }
        }
        ledger.limitToUsedAnd(free());
    }

    /** With the columns of single pools. */
    private long[] supply(long[] ofAllPools) {
        long[] wide = Arrays.copyOf(ofAllPools, columns.width());
        if (!columns.isEmpty()) {
            for (Node node : snapshot.nodes()) {
                if (node.ready()) {
                    columns.add(
                            wide, node.pool(), index.vector(node.allocatable().minus(node.overhead())), 1);
                }
            }
        }
        return wide;
    }

    /** What is free on all nodes together and in single pools, wide. */
    private long[] free() {
        long[] wide = Arrays.copyOf(room.free(), columns.width());
        for (int place = index.size(); place < wide.length; place++) {
            wide[place] = freeInPool(place);
        }
        return wide;
    }

    /** What these pods take of single pools: {@code each} is called with a place of wide vectors and an amount. */
    void inPools(List<LiveAttempt.Held> pods, PlaceAmount each) {
        if (!columns.isEmpty()) {
            for (LiveAttempt.Held held : pods) {
                for (int place : columns.of(held.pool())) {
                    each.accept(
                            place,
                            Resources.multiply(held.pod().amount(index.name(columns.resource(place))), held.count()));
                }
            }
        }
    }

    /** What the gang asks for sure, wide: a role counts in a pool where it may run nowhere else. */
    long[] asked(GangShape gang) {
        if (columns.isEmpty()) {
            return gang.total();
        }
        long[] wide = Arrays.copyOf(gang.total(), columns.width());
        for (int role = 0; role < gang.roles(); role++) {
            PoolName only = gang.onlyPool(role, room);
            if (only != null) {
                columns.add(wide, only, gang.pod(role), gang.minimum(role));
            }
        }
        return wide;
    }

    /** What the queue may still take in single pools; null where it may take all there is. */
    @Nullable
    PoolQuota quota(int queue) {
        if (columns.isEmpty() || queue == Ledger.NONE) {
            return null;
        }
        PoolQuota quota = new PoolQuota(room);
        for (int place = index.size(); place < columns.width(); place++) {
            PoolName pool = columns.pool(place);
            if (pool != null) {
                quota.limit(pool, columns.resource(place), ledger.bookable(queue, place));
            }
        }
        return quota;
    }

    /** Books what a gang holds: its total, and what these pods are of single pools. */
    void book(int queue, GangShape gang, List<LiveAttempt.Held> pods) {
        ledger.add(queue, gang.total());
        inPools(pods, (place, amount) -> ledger.add(queue, place, amount));
    }

    /** False where these pods would take more of a single pool than the queue may hold there. */
    boolean mayHold(int queue, List<LiveAttempt.Held> pods) {
        if (columns.isEmpty()) {
            return true;
        }
        long[] wide = new long[columns.width()];
        inPools(pods, (place, amount) -> wide[place] = Resources.add(wide[place], amount));
        return ledger.refusal(queue, wide) == null;
    }

    /** What is free of a resource in the pool that this place of wide vectors counts in. */
    long freeInPool(int place) {
        PoolName pool = columns.pool(place);
        return pool == null ? Long.MAX_VALUE : room.free(pool)[columns.resource(place)];
    }

    /** A place of wide vectors as a key of numbers: {@code cpu}, {@code cpu.spot-a}. */
    String key(int place) {
        PoolName pool = columns.pool(place);
        return pool == null ? resource(place) : resource(place) + "." + pool;
    }

    /** And in words: {@code cpu}, {@code cpu in pool spot-a}. */
    String words(int place) {
        PoolName pool = columns.pool(place);
        return pool == null ? resource(place) : resource(place) + " in pool " + pool;
    }

    /** The name of the resource that a place of wide vectors counts. */
    String resource(int place) {
        return index.name(columns.resource(place));
    }

    /** Takes a place of wide vectors and an amount. */
    @FunctionalInterface
    interface PlaceAmount {
        void accept(int place, long amount);
    }

    /** The order in which jobs take from others: the class's priority, then who waits longer, then the id. */
    Comparator<PendingJob> takers() {
        return JobOrder.insideAQueue(snapshot.now(), PlanSettings.Aging.NONE);
    }

    static World of(Snapshot snapshot) {
        SortedSet<String> labels = labelsAskedFor(snapshot.pending());
        snapshot.live().forEach(attempt -> attempt.roles().stream()
                .filter(ask -> ask.affinity() != NodeAffinity.ANY)
                .forEach(ask -> labels.addAll(ask.affinity().labels())));
        return new World(snapshot, labels);
    }

    /** {@code labels} are the keys that jobs may ask for. */
    static World of(Snapshot snapshot, SortedSet<String> labels) {
        return new World(snapshot, labels);
    }

    /** Keys of the labels that these roles ask for. */
    static SortedSet<String> labelsOf(List<Ask> asks) {
        SortedSet<String> labels = new TreeSet<>();
        asks.forEach(ask -> labels.addAll(ask.affinity().labels()));
        return labels;
    }

    private static ResourceIndex indexOf(Snapshot snapshot) {
        List<Resources> amounts = new ArrayList<>();
        for (Node node : snapshot.nodes()) {
            amounts.add(node.allocatable());
        }
        for (QueueSpec queue : snapshot.queues()) {
            amounts.add(queue.guarantee());
            amounts.add(queue.deserved());
            if (queue.capability() != null) {
                amounts.add(queue.capability());
            }
            queue.pools().values().forEach(pool -> amounts.addAll(pool.all()));
        }
        for (LiveAttempt attempt : snapshot.live()) {
            attempt.pods().forEach(pods -> amounts.add(pods.pod()));
        }
        return ResourceIndex.of(amounts);
    }

    private static SortedSet<String> labelsAskedFor(List<PendingJob> pending) {
        Set<NodeAffinity> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        SortedSet<String> labels = new TreeSet<>();
        for (PendingJob job : pending) {
            for (Ask ask : job.roles()) {
                if (ask.affinity() != NodeAffinity.ANY && seen.add(ask.affinity())) {
                    labels.addAll(ask.affinity().labels());
                }
            }
        }
        return labels;
    }
}
