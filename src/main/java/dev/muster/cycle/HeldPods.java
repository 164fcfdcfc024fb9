package dev.muster.cycle;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.LiveAttempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an attempt holds: first its gang, then its pods above the minimum. A pod that the cluster has not bound is
 * counted on the node that the plan had in mind, or anywhere in its pool where nobody knows.
 */
final class HeldPods {
    private final Map<RoleName, Role> roles;
    private final Map<Place, Integer> gang = new LinkedHashMap<>();
    private final Map<Place, Integer> elastic = new LinkedHashMap<>();
    private final Map<Spot, TreeMap<NodeName, Integer>> promised = new HashMap<>();

    private HeldPods(List<Role> asked, List<LiveAttempt.Held> promise) {
        roles = asked.stream().collect(Collectors.toMap(Role::name, role -> role));
        for (LiveAttempt.Held pods : promise) {
            NodeName node = pods.node();
            if (node != null) {
                promised.computeIfAbsent(new Spot(pods.role(), pods.pool()), spot -> new TreeMap<>())
                        .merge(node, pods.count(), Integer::sum);
            }
        }
    }

    private record Spot(RoleName role, PoolName pool) {}

    private record Place(Spot spot, @Nullable NodeName node, Leaving leaving) {}

    /** Whether pods are being ended, and for whom. */
    private record Leaving(boolean leaves, @Nullable JobId taker) {
        static Leaving of(Attempt attempt) {
            return new Leaving(attempt.state() == AttemptState.RELEASING, attempt.leavingFor());
        }

        static Leaving of(ElasticPods.Pod pod, Attempt attempt) {
            return pod.stays() ? of(attempt) : new Leaving(true, pod.leavingFor());
        }
    }

    static List<LiveAttempt.Held> of(
            Job job, Attempt attempt, @Nullable GangStatus seen, List<LiveAttempt.Held> promise) {
        HeldPods held = new HeldPods(job.specOf(attempt.id().number()).roles(), promise);
        Map<PodRef, ElasticPods.Pod> grown = new LinkedHashMap<>();
        attempt.elastic().pods().forEach(pod -> grown.put(new PodRef(attempt.id(), pod.role(), pod.index()), pod));
        Map<Spot, Integer> missing = new LinkedHashMap<>();
        attempt.placements().forEach((role, pools) -> new TreeMap<>(pools)
                .forEach((pool, count) -> missing.put(new Spot(role, pool), count)));
        List<Runnable> unbound = new ArrayList<>();
        for (PodStatus pod : seen == null ? List.<PodStatus>of() : seen.pods()) {
            Spot spot = new Spot(pod.pod().role(), pod.pool());
            ElasticPods.Pod above = grown.isEmpty() ? null : grown.remove(pod.pod());
            if (above == null) {
                missing.merge(spot, -1, Integer::sum);
                held.count(held.gang, spot, pod.node(), Leaving.of(attempt), unbound);
            } else if (pod.phase() != PodPhase.LOST) {
                held.count(held.elastic, spot, pod.node(), Leaving.of(above, attempt), unbound);
            }
        }
        // One that leaves and is not there any more is gone.
        grown.values().stream()
                .filter(ElasticPods.Pod::stays)
                .forEach(pod ->
                        held.count(held.elastic, new Spot(pod.role(), pod.pool()), null, Leaving.of(attempt), unbound));
        missing.forEach((spot, count) -> {
            for (int i = 0; i < count; i++) {
                held.count(held.gang, spot, null, Leaving.of(attempt), unbound);
            }
        });
        unbound.forEach(Runnable::run);
        return held.all();
    }

    /** Those that are bound first: what is left of the promise is for the others. */
    private void count(
            Map<Place, Integer> counts, Spot spot, @Nullable NodeName node, Leaving leaving, List<Runnable> unbound) {
        if (node == null) {
            unbound.add(() -> counts.merge(new Place(spot, takeFirst(spot), leaving), 1, Integer::sum));
        } else {
            take(spot, node);
            counts.merge(new Place(spot, node, leaving), 1, Integer::sum);
        }
    }

    private @Nullable NodeName takeFirst(Spot spot) {
        TreeMap<NodeName, Integer> nodes = promised.get(spot);
        if (nodes == null || nodes.isEmpty()) {
            return null;
        }
        NodeName node = nodes.firstKey();
        take(spot, node);
        return node;
    }

    private void take(Spot spot, NodeName node) {
        TreeMap<NodeName, Integer> nodes = promised.get(spot);
        if (nodes != null) {
            nodes.computeIfPresent(node, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    private List<LiveAttempt.Held> all() {
        List<LiveAttempt.Held> all = new ArrayList<>();
        for (Map<Place, Integer> counts : List.of(gang, elastic)) {
            counts.forEach((place, count) -> {
                Role role = roles.get(place.spot().role());
                if (role != null) {
                    all.add(new LiveAttempt.Held(
                            role.name(),
                            place.spot().pool(),
                            place.node(),
                            role.pod().resources(),
                            count,
                            place.leaving().taker(),
                            place.leaving().leaves()));
                }
            });
        }
        return all;
    }
}
