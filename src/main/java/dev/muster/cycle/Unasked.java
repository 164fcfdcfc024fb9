package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.event.Why;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.RoleName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Places above a gang that its leader does not fill, as Spark's driver leaves them when it needs fewer executors: given back after a
 * while, for others. Since when one is free is remembered by who leads; after a restart it counts anew.
 */
@ApplicationScoped
class Unasked {
    /** A driver that loses an executor makes another within seconds. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<AttemptId, Map<PodRef, Instant>> since = new HashMap<>();

    /** In the thread of the cycle. Empty where there is nothing to give back. */
    Optional<Step> giveBack(Job job, Attempt attempt, GangStatus seen, Instant now) {
        Set<PodRef> free = free(job, attempt, seen);
        if (free.isEmpty()) {
            since.remove(attempt.id());
            return Optional.empty();
        }
        Map<PodRef, Instant> known = since.computeIfAbsent(attempt.id(), id -> new HashMap<>());
        known.keySet().retainAll(free);
        free.forEach(place -> known.putIfAbsent(place, now));
        Set<PodRef> over = known.entrySet().stream()
                .filter(place -> !now.isBefore(place.getValue().plus(PATIENCE)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (over.isEmpty()) {
            return Optional.empty();
        }
        known.keySet().removeAll(over);
        Why why = Why.of(
                "NOT_ASKED_FOR",
                "%d of its places above the gang had no pod for %ds: its leader asks for fewer, and they are given back"
                        .formatted(over.size(), PATIENCE.toSeconds()));
        ElasticPods after = attempt.elastic().leaving(pod -> over.contains(ref(attempt, pod)), null);
        return Optional.of(Steps.resized(job, attempt, after, seen, why, now));
    }

    void forget(AttemptId attempt) {
        since.remove(attempt);
    }

    private static Set<PodRef> free(Job job, Attempt attempt, GangStatus seen) {
        if (attempt.state() != AttemptState.RUNNING || attempt.elastic().isEmpty() || seen.unplaced() == null) {
            return Set.of();
        }
        Set<RoleName> roles = job.specOf(attempt.id().number()).roles().stream()
                .filter(role -> role.pod().isMadeByLeader())
                .map(Role::name)
                .collect(Collectors.toSet());
        Set<PodRef> free = attempt.elastic().staying().stream()
                .filter(pod -> roles.contains(pod.role()))
                .map(pod -> ref(attempt, pod))
                .collect(Collectors.toCollection(HashSet::new));
        seen.pods().stream().filter(pod -> !pod.phase().isFinal()).forEach(pod -> free.remove(pod.pod()));
        return free;
    }

    private static PodRef ref(Attempt attempt, ElasticPods.Pod pod) {
        return new PodRef(attempt.id(), pod.role(), pod.index());
    }
}
