package dev.muster.simulation.scheduler;

import dev.muster.quota.plan.Permit;
import dev.muster.simulation.site.Attempt;
import java.time.Instant;
import java.util.List;

/** A gang that waits for nodes with permits. Two are the same only if they are one. */
final class Holder {
    private final Attempt attempt;
    private final List<Permit> permits;
    private final Instant since;

    Holder(Attempt attempt, List<Permit> permits, Instant since) {
        this.attempt = attempt;
        this.permits = List.copyOf(permits);
        this.since = since;
    }

    Attempt attempt() {
        return attempt;
    }

    List<Permit> permits() {
        return permits;
    }

    Instant since() {
        return since;
    }

    /** When it is released if its nodes have not come. */
    Instant deadline() {
        return permits.stream()
                .map(permit -> since.plus(permit.deadline()))
                .max(Instant::compareTo)
                .orElse(since);
    }
}
