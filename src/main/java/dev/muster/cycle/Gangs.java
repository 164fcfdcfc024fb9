package dev.muster.cycle;

import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jobs and attempts as the planner and the cluster see them. */
final class Gangs {
    private Gangs() {}

    /** What the cluster is asked to start; the same for the same attempt whenever it is made. */
    static Gang of(Job job, Attempt attempt) {
        List<Gang.Member> members = new ArrayList<>();
        for (Role role : job.spec().roles()) {
            Map<PoolName, Integer> pools = attempt.placements().get(role.name());
            if (pools != null) {
                members.add(new Gang.Member(role.name(), role.pod(), pools));
            }
        }
        return new Gang(
                attempt.id(),
                job.spec().name(),
                job.team(),
                job.spec().queue(),
                job.spec().priorityClass(),
                job.spec().grace(),
                members);
    }

    /** A job that waits; made once for each version of it, so that the planner may know it again. */
    static PendingJob pending(Job job) {
        List<Ask> asks = job.spec().roles().stream().map(Gangs::ask).toList();
        Map<PoolName, Instant> notIn = job.backoffs().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().until()));
        Instant since = job.queuedAt() == null ? job.submittedAt() : job.queuedAt();
        return new PendingJob(job.id(), job.spec().queue(), job.priority(), since, asks, notIn);
    }

    /** What a live attempt holds: all of its pods until the last one is gone, where they are or are promised to be. */
    static LiveAttempt live(Job job, Attempt attempt, @Nullable GangStatus seen) {
        Map<RoleName, Role> roles = job.spec().roles().stream().collect(Collectors.toMap(Role::name, role -> role));
        Map<Place, Integer> counts = new LinkedHashMap<>();
        Map<RoleName, Map<PoolName, Integer>> promised = new HashMap<>();
        attempt.placements().forEach((role, pools) -> promised.put(role, new TreeMap<>(pools)));
        if (seen != null) {
            for (PodStatus pod : seen.pods()) {
                counts.merge(new Place(pod.pod().role(), pod.pool(), pod.node()), 1, Integer::sum);
                promised.getOrDefault(pod.pod().role(), new HashMap<>())
                        .computeIfPresent(pod.pool(), (pool, count) -> count == 1 ? null : count - 1);
            }
        }
        promised.forEach((role, pools) ->
                pools.forEach((pool, count) -> counts.merge(new Place(role, pool, null), count, Integer::sum)));
        List<LiveAttempt.Held> held = counts.entrySet().stream()
                .filter(e -> roles.containsKey(e.getKey().role()))
                .map(e -> new LiveAttempt.Held(
                        e.getKey().role(),
                        e.getKey().pool(),
                        e.getKey().node(),
                        roles.get(e.getKey().role()).pod().resources(),
                        e.getValue()))
                .toList();
        return new LiveAttempt(attempt.id(), job.spec().queue(), job.priority(), attempt.createdAt(), held);
    }

    private static Ask ask(Role role) {
        return new Ask(
                role.name(),
                role.minimum(),
                role.maximum(),
                role.pod().resources(),
                role.pod().affinity(),
                role.pod().tolerations());
    }

    private record Place(
            RoleName role, PoolName pool, @Nullable NodeName node) {}
}
