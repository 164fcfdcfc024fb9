package dev.muster.cli.scenario;

import dev.muster.quota.plan.Snapshot;
import java.util.List;

/** A story that the planner is asked to tell: the world, and what the author expects of the plan (may be empty). */
public record Scenario(String story, Snapshot snapshot, List<Expectation> expectations) {
    public Scenario {
        expectations = List.copyOf(expectations);
    }
}
