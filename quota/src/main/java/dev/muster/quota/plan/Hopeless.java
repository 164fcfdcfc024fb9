package dev.muster.quota.plan;

import dev.muster.quota.fit.GangShape;
import dev.muster.quota.fit.Room;
import dev.muster.quota.queue.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom nobody can give way in one state of the world: what queues hold, what is free on nodes, and who may give way in which
 * order. In any other state all is forgotten; in the same one a later cycle need not ask again.
 */
final class Hopeless {
    private @Nullable Ledger ledger;
    private @Nullable Room room;
    private PlanSettings.@Nullable Eviction settings;
    private List<Piece> order = List.of();
    private final Map<Asked, Answer> answers = new HashMap<>();

    /** What of a taker the answer depends on, beside the world. */
    private record Asked(int queue, GangShape shape, int priority, boolean mayPreempt) {}

    /** Nobody gives way; {@code granularity}: because the gangs are too large. */
    record Answer(@Nullable Reason granularity) {}

    /** From now on it is about this state. */
    void in(World world, List<Piece> left) {
        Ledger books = ledger;
        Room free = room;
        boolean same = books != null
                && free != null
                && world.snapshot.settings().eviction().equals(settings)
                && books.isAs(world.ledger)
                && free.isAs(world.room)
                && isOrder(left);
        if (!same) {
            ledger = world.ledger.copy();
            room = world.room.copy();
            settings = world.snapshot.settings().eviction();
            order = left;
            answers.clear();
        }
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
        return answers.get(asked(taker, group));
    }

    void note(PendingJob taker, Group group, @Nullable Reason granularity) {
        answers.put(asked(taker, group), new Answer(granularity));
    }

    private static Asked asked(PendingJob taker, Group group) {
        return new Asked(
                group.queue, group.shape, taker.priority(), taker.traits().mayPreempt());
    }
}
