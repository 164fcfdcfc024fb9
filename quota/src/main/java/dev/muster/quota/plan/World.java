package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Packer;
import dev.muster.quota.fit.Places;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.fit.PoolQuota;
import dev.muster.quota.fit.Promises;
import dev.muster.quota.fit.Room;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.queue.Ledger;
import dev.muster.quota.queue.PoolColumns;
import dev.muster.quota.queue.QueueTree;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A snapshot in dense form: the ledger and the free room after everything that lives has been booked. */
final class World {
    final Snapshot snapshot;
    final Ground ground;
    final QueueTree tree;
    final ResourceIndex index;
    final PoolColumns columns;
    final Ledger ledger;
    final Use use;
    final Room room;
    final Places places;
    final Crowd crowd;
    final PoolChoice choice;
    final Packer packer;
    final JobOrder.Inside insideAQueue;

    private World(
            Snapshot snapshot,
            Ground ground,
            Ledger ledger,
            Room room,
            @Nullable Kinds kinds,
            Consumer<World> beforePromises) {
        this.snapshot = snapshot;
        this.ground = ground;
        this.tree = ground.tree;
        this.index = ground.index;
        this.columns = ground.pools.columns;
        this.ledger = ledger;
        this.room = room;
        this.places = ground.places;
        crowd = new Crowd(snapshot.pending(), kinds, snapshot.now(), ledger, new Shapes(index, places), this::asked);
        insideAQueue = JobOrder.insideAQueue(snapshot.now(), snapshot.settings().aging());
        use = new Use(this, snapshot.decayedUse());
        choice = poolChoice(snapshot);
        packer = new Packer(room, choice);
        beforePromises.accept(this);
        Promises promises = new Promises(room, places, packer);
        for (LiveAttempt attempt : ground.unplaced()) {
            for (LiveAttempt.Held pods : attempt.pods()) {
                if (pods.node() == null) {
                    promises.keep(pods.role(), pods.pool(), index.vector(pods.pod()), pods.count());
                }
            }
        }
        ledger.limitToUsedAnd(free());
    }

    private static PoolChoice poolChoice(Snapshot snapshot) {
        return snapshot.settings()
                .poolChoice()
                .with(snapshot.expansions().stream().map(Expansion::spec).toList());
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
    void inPools(List<LiveAttempt.Held> pods, Pools.PlaceAmount each) {
        ground.pools.of(pods, each);
    }

    /** What the gang asks for sure, wide: a role counts in a pool where it may run nowhere else. */
    long[] asked(GangShape gang) {
        return ground.pools.asked(gang, room);
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

    /** The reverse of {@link #book}. */
    void unbook(int queue, GangShape gang, List<LiveAttempt.Held> pods) {
        ledger.remove(queue, gang.total());
        inPools(pods, (place, amount) -> ledger.remove(queue, place, amount));
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

    /** The order in which jobs take from others: the class's priority, then who waits longer, then the id. */
    JobOrder.Inside takers() {
        return JobOrder.insideAQueue(snapshot.now(), PlanSettings.Aging.NONE);
    }

    /** On a ground that nobody else uses. */
    static World of(Snapshot snapshot) {
        Ground ground = Ground.of(snapshot);
        return new World(snapshot, ground, ground.ledger, ground.room, null, world -> {});
    }

    /** On a ground, of this snapshot, that stays as it is; {@code kinds} are of its waiting jobs, null where nobody remembers them. */
    static World on(Ground ground, Snapshot snapshot, @Nullable Kinds kinds) {
        return new World(snapshot, ground, ground.ledger.copy(), ground.room.copy(), kinds, world -> {});
    }

    /** {@code close}, before room is kept for pods of which nobody knows the node, closes nodes to them. */
    static World of(Snapshot snapshot, Consumer<World> close) {
        Ground ground = Ground.of(snapshot);
        return new World(snapshot, ground, ground.ledger, ground.room, null, close);
    }

    /** {@code labels} are the keys that jobs may ask for. */
    static World of(Snapshot snapshot, SortedSet<String> labels) {
        Ground ground = Ground.of(snapshot, labels);
        return new World(snapshot, ground, ground.ledger, ground.room, null, world -> {});
    }

    /** Keys of the labels that these roles ask for. */
    static SortedSet<String> labelsOf(List<Ask> asks) {
        SortedSet<String> labels = new TreeSet<>();
        asks.forEach(ask -> ask.affinity().addLabelsTo(labels));
        return labels;
    }
}
