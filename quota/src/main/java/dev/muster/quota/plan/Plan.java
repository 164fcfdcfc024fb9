package dev.muster.quota.plan;

import java.util.List;

/**
 * The decisions of one cycle: one for every pending job. What acts comes first, in the order in which it was decided; then the
 * holds in the order of the snapshot's pending jobs.
 */
public record Plan(List<Decision> decisions) {
    public Plan {
        decisions = List.copyOf(decisions);
    }

    public List<Decision.Launch> launches() {
        return decisions.stream()
                .takeWhile(decision -> !(decision instanceof Decision.Hold))
                .filter(Decision.Launch.class::isInstance)
                .map(Decision.Launch.class::cast)
                .toList();
    }
}
