package dev.muster.cycle;

import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;

/** The planner as the cycle knows it: the one that remembers. One that does not gives the same plans. */
@FunctionalInterface
public interface Planning {
    Plan plan(Snapshot snapshot);
}
