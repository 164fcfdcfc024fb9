package dev.muster.quota.plan;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decisions of one cycle: one for every pending job, and those about live ones. What acts comes first, in the order in
 * which it was decided; then the holds in the order of the snapshot's pending jobs. {@code passed} are jobs that wait for nodes
 * and saw a later one start: the caller counts how often ({@link Traits#passed}).
 * {@code claims} say where the room is that is made for jobs: the caller hands a claim back with its job
 * ({@link PendingJob#claim}) until that is launched, or others would take what was made for it. {@code above} are the queues that
 * hold more than their capability, where the policy evicts for that: the caller keeps since when ({@link Snapshot#aboveSince}).
 */
public record Plan(
        List<Decision> decisions, Set<JobId> passed, Map<JobId, List<LiveAttempt.Held>> claims, Set<QueueName> above) {
    public Plan {
        claims = Map.copyOf(claims);
        // These never change, and a copy would make every hold.
        decisions = decisions instanceof Decisions ? decisions : List.copyOf(decisions);
        passed = Set.copyOf(passed);
        above = Set.copyOf(above);
    }

    /** Without queues above their capability. */
    public Plan(List<Decision> decisions, Set<JobId> passed, Map<JobId, List<LiveAttempt.Held>> claims) {
        this(decisions, passed, claims, Set.of());
    }

    public Plan(List<Decision> decisions) {
        this(decisions, Set.of(), Map.of());
    }

    public List<Decision.Launch> launches() {
        return acts(Decision.Launch.class);
    }

    /** The decisions of one kind that acts, in order. */
    public <T extends Decision> List<T> acts(Class<T> kind) {
        return decisions.stream()
                .takeWhile(decision -> !(decision instanceof Decision.Hold))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
