package dev.muster.quota.plan;

import java.util.List;

/** The decisions of one cycle in the order in which they were made: one for every pending job. */
public record Plan(List<Decision> decisions) {
    public Plan {
        decisions = List.copyOf(decisions);
    }

    public List<Decision.Launch> launches() {
        return decisions.stream()
                .filter(Decision.Launch.class::isInstance)
                .map(Decision.Launch.class::cast)
                .toList();
    }
}
