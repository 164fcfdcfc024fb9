package dev.muster.cycle;

import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.pool.Warm;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How many nodes what comes soon would need if they were empty, and which images: the pods of all its gangs, laid out one after the other,
 * the largest first. A role counts in the first pool, by name, that is warmed far enough ahead and where it may run.
 */
record WarmAhead(int nodes, SortedSet<String> images) {
    static final WarmAhead NOTHING = new WarmAhead(0, new TreeSet<>());

    WarmAhead {
        images = Collections.unmodifiableSortedSet(new TreeSet<>(images));
    }

    private WarmAhead and(WarmAhead other) {
        SortedSet<String> both = new TreeSet<>(images);
        both.addAll(other.images);
        return new WarmAhead(Math.max(nodes, other.nodes), both);
    }

    /** So many pods of that size. */
    private record Pods(int count, Resources each) {}

    static Map<PoolName, WarmAhead> of(List<Pool> pools, List<Foreseen.Gang> gangs, Instant now) {
        List<Pool> sorted =
                pools.stream().sorted(Comparator.comparing(Pool::name)).toList();
        Map<PoolName, WarmAhead> all = new TreeMap<>();
        for (Pool pool : sorted) {
            for (Warm warm : pool.warm()) {
                Duration ahead = warm.ahead();
                if (ahead != null) {
                    List<Role> roles = gangs.stream()
                            .filter(gang -> isNear(gang, ahead, now))
                            .flatMap(gang -> gang.roles().stream()
                                    .filter(role -> role.minimum() > 0
                                            && home(role, gang, sorted, now)
                                                    .filter(pool::equals)
                                                    .isPresent()))
                            .toList();
                    int most = Math.min(warm.nodes(), pool.maxNodes());
                    all.merge(pool.name(), of(roles, pool, most), WarmAhead::and);
                }
            }
        }
        return all;
    }

    private static WarmAhead of(List<Role> roles, Pool pool, int most) {
        List<Pods> pods = roles.stream()
                .map(role -> new Pods(role.minimum(), role.pod().resources()))
                .toList();
        return new WarmAhead(
                laidOut(pods, pool, most),
                roles.stream()
                        .map(role -> role.pod().image())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean isNear(Foreseen.Gang gang, Duration ahead, Instant now) {
        return !gang.at().isAfter(now.plus(ahead));
    }

    private static Optional<Pool> home(Role role, Foreseen.Gang gang, List<Pool> pools, Instant now) {
        return pools.stream()
                .filter(pool ->
                        pool.warm().stream().anyMatch(warm -> warm.ahead() != null && isNear(gang, warm.ahead(), now)))
                .filter(pool -> role.pod().resources().fitsIn(pool.resources())
                        && pool.emptyNode(new NodeName(pool.name() + "-warm"))
                                .admits(role.pod().affinity(), role.pod().tolerations()))
                .findFirst();
    }

    /** On how many nodes they fit, at most {@code most}. */
    private static int laidOut(List<Pods> pods, Pool pool, int most) {
        List<Resources> room = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Pods some : largestFirst(pods, pool)) {
            int at = 0;
            for (int i = 0; i < some.count(); i++) {
                // What the last of the same did not fit on, this one does not either.
                while (at < room.size() && (places.get(at) == 0 || !some.each().fitsIn(room.get(at)))) {
                    at++;
                }
                if (at == room.size()) {
                    if (at == most) {
                        return most;
                    }
                    room.add(pool.resources());
                    places.add(pool.maxPodsPerNode());
                }
                room.set(at, room.get(at).minus(some.each()));
                places.set(at, places.get(at) - 1);
            }
        }
        return room.size();
    }

    private static List<Pods> largestFirst(List<Pods> pods, Pool pool) {
        return pods.stream()
                .sorted(Comparator.comparingDouble((Pods some) -> share(some.each(), pool.resources()))
                        .reversed())
                .toList();
    }

    /** The largest part of a node that it takes of anything. */
    private static double share(Resources pod, Resources node) {
        return pod.asMap().entrySet().stream()
                .mapToDouble(one -> (double) one.getValue() / Math.max(1, node.amount(one.getKey())))
                .max()
                .orElse(0);
    }
}
