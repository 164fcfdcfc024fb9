package dev.muster.quota.plan;

import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting gangs start, in which pools, who grows and who gives way. A pure function: the same snapshot gives the
 * same plan, in whatever order its lists are.
 */
public final class Planner {
    public Plan plan(Snapshot snapshot) {
        return plan(World.of(snapshot), null);
    }

    /** {@code memory}: what earlier cycles found of takers, null for none. */
    static Plan plan(World world, @Nullable Memory memory) {
        Groups groups = new Groups(world);
        Acts acts = new Acts(world);
        new Takers(world, groups, acts).keepTheirRoom();
        new Cuts(world, acts).comeDown();
        Turns turns = new Turns(world, groups, acts, memory);
        do {
            turns.takeAll();
        } while (Granting.grant(world, groups, acts));
        new Growth(world, groups, acts).growAfter(turns);
        return acts.plan(groups);
    }
}
