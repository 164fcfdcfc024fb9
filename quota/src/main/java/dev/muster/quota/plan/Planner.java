package dev.muster.quota.plan;

/**
 * Decides which waiting gangs start, in which pools, who grows and who gives way. A pure function: the same snapshot gives the
 * same plan, in whatever order its lists are.
 */
public final class Planner {
    public Plan plan(Snapshot snapshot) {
        return plan(World.of(snapshot));
    }

    static Plan plan(World world) {
        Groups groups = new Groups(world);
        Acts acts = new Acts(world);
        new Takers(world, groups, acts).keepTheirRoom();
        new Cuts(world, acts).comeDown();
        Turns turns = new Turns(world, groups, acts);
        do {
            turns.takeAll();
        } while (Granting.grant(world, groups, acts));
        new Growth(world, groups, acts).grow();
        return acts.plan(groups);
    }
}
