package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.PoolChoice;
import dev.muster.quota.fit.Room;
import dev.muster.quota.queue.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom nobody can give way in one state of the world: what queues hold, what is free on nodes, and who may give way in which
 * order. In the same one a later cycle need not ask again. Where the order alone differs, as it does when time goes on, it is forgotten
 * for whom somebody might have gone; in any other state all is.
 */
final class Hopeless {
    private @Nullable Ledger ledger;
    private @Nullable Room room;
    private PlanSettings.@Nullable Eviction settings;
    private @Nullable PoolChoice choice;
    private List<Piece> order = List.of();
    private @Nullable Object who;
    private final Map<Asked, Answer> inThisOrder = new HashMap<>();
    private final Map<Asked, Answer> inAnyOrder = new HashMap<>();

    /** What of a taker the answer depends on, beside the world. */
    private record Asked(int queue, GangShape shape, int priority, boolean mayPreempt) {}

    /**
     * Nobody gives way. {@code conceivable}: somebody's room might be taken by right; {@code granularity}: nobody goes because the gangs are
     * too large.
     */
    record Answer(boolean conceivable, @Nullable Reason granularity) {}

    /** From now on it is about this state. */
    void in(World world, Bundles left) {
        boolean sameOrder = isOrder(left.order());
        if (!isState(world) || !(sameOrder || left.who() == who)) {
            ledger = world.ledger.copy();
            room = world.room.copy();
            settings = world.snapshot.settings().eviction();
            choice = world.choice;
            inAnyOrder.clear();
            inThisOrder.clear();
        } else if (!sameOrder) {
            inThisOrder.clear();
        }
        order = left.order();
        who = left.who();
    }

    private boolean isState(World world) {
        Ledger books = ledger;
        Room free = room;
        return books != null
                && free != null
                && world.snapshot.settings().eviction().equals(settings)
                && world.choice.equals(choice)
                && books.isAs(world.ledger)
                && free.isAs(world.room);
    }

    private boolean isOrder(List<Piece> left) {
        boolean same = order.size() == left.size();
        for (int i = 0; same && order != left && i < left.size(); i++) {
            same = order.get(i).isLike(left.get(i));
        }
        return same;
    }

    /** What is known of such a taker in this state; null where nothing is. */
    @Nullable
    Answer of(PendingJob taker, Group group) {
        Asked asked = asked(taker, group);
        Answer known = inAnyOrder.get(asked);
        return known == null ? inThisOrder.get(asked) : known;
    }

    /** {@code whateverOrder}: those who may give way were asked, and none of them might have gone. */
    void note(PendingJob taker, Group group, Answer answer, boolean whateverOrder) {
        (whateverOrder ? inAnyOrder : inThisOrder).put(asked(taker, group), answer);
    }

    private static Asked asked(PendingJob taker, Group group) {
        return new Asked(
                group.queue, group.shape, taker.priority(), taker.traits().mayPreempt());
    }
}
