package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.policy.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story that the planner is asked to tell. {@code later} are jobs that begin to wait at their {@code notBefore}, {@code runs}
 * is how long jobs really run where that is not their {@code maxRunTime}. {@code expectations} are of the first plan, those of
 * {@code then} of the ones after it; null where the author expects nothing in particular.
 */
public record Scenario(
        String story,
        Snapshot snapshot,
        Map<PendingJob, Instant> later,
        Map<JobId, Duration> runs,
        Pauses pauses,
        @Nullable List<Expectation> expectations,
        List<List<Expectation>> then) {
    public Scenario {
        later = Map.copyOf(later);
        runs = Map.copyOf(runs);
        expectations = expectations == null ? null : List.copyOf(expectations);
        then = List.copyOf(then);
    }

    /** The same story of another world. */
    public Scenario with(Snapshot other) {
        return new Scenario(story, other, later, runs, pauses, expectations, then);
    }

    /** What is expected of the plan of this cycle (from 1); null where nothing is. */
    public @Nullable List<Expectation> expected(int cycle) {
        return cycle == 1 ? expectations : cycle - 2 < then.size() ? then.get(cycle - 2) : null;
    }

    /** How many plans the author says something of. */
    public int cyclesExpected() {
        return then.isEmpty() ? (expectations == null ? 0 : 1) : then.size() + 1;
    }
}
