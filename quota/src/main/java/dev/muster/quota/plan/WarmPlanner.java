package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/**
 * Gives the same plan as {@link Planner}, sooner: it keeps the dense form of the last snapshot and brings it up to the next one
 * by what differs. That is seen at once where pending jobs and attempts are {@link Roster}s of the same editors; any other
 * snapshot costs as much as without memory. Used by one thread; its plans are safe for any.
 */
public final class WarmPlanner {
    private @Nullable Ground ground;
    private @Nullable Kinds kinds;
    /** Good for one ground only: queues and nodes are known by their numbers there. */
    private Memory memory = new Memory();

    public Plan plan(Snapshot snapshot) {
        Ground last = ground;
        Kinds earlier = kinds;
        // Of no use where following, or planning, fails half way.
        ground = null;
        kinds = null;
        if (last == null || !last.follow(snapshot)) {
            last = Ground.of(snapshot);
            memory = new Memory();
        }
        Kinds now = Kinds.of(Roster.ofWaiting(snapshot.pending()), earlier);
        Plan plan = Planner.plan(World.on(last, snapshot, now), memory);
        ground = last;
        kinds = now;
        return plan;
    }
}
