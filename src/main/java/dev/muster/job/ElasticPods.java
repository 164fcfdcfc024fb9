package dev.muster.job;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pods of an attempt above its gang's minimum that were asked for. {@code next} is the number of the next one of each role:
 * none is given twice, so what was made or removed before a crash is known again by its name.
 */
public record ElasticPods(List<Pod> pods, Map<RoleName, Integer> next) {
    public static final ElasticPods NONE = new ElasticPods(List.of(), Map.of());

    public ElasticPods {
        pods = List.copyOf(pods);
        next = Map.copyOf(next);
    }

    /** One pod; {@code leaving}: it is being ended, {@code leavingFor}: to make room for that job. */
    public record Pod(
            RoleName role,
            int index,
            PoolName pool,
            @Nullable JobId leavingFor,
            boolean leaving) {
        public Pod {
            leaving |= leavingFor != null;
        }

        public boolean stays() {
            return !leaving;
        }
    }

    public boolean isEmpty() {
        return pods.isEmpty();
    }

    /** Those that are not being ended. */
    public List<Pod> staying() {
        return pods.stream().filter(Pod::stays).toList();
    }

    /** With so many more; the first of a role gets the number after its gang's last. */
    public ElasticPods grown(Map<RoleName, Map<PoolName, Integer>> more, List<Role> roles) {
        List<Pod> all = new ArrayList<>(pods);
        Map<RoleName, Integer> numbers = new TreeMap<>(next);
        for (Role role : roles) {
            Map<PoolName, Integer> pools = new TreeMap<>(more.getOrDefault(role.name(), Map.of()));
            pools.forEach((pool, count) -> {
                for (int i = 0; i < count; i++) {
                    int index = numbers.getOrDefault(role.name(), role.minimum());
                    all.add(new Pod(role.name(), index, pool, null, false));
                    numbers.put(role.name(), index + 1);
                }
            });
        }
        return new ElasticPods(all, numbers);
    }

    /** With those that {@code which} says on their way out; for nobody where {@code taker} is null. */
    public ElasticPods leaving(Predicate<Pod> which, @Nullable JobId taker) {
        return new ElasticPods(
                pods.stream()
                        .map(pod -> pod.stays() && which.test(pod)
                                ? new Pod(pod.role(), pod.index(), pod.pool(), taker, true)
                                : pod)
                        .toList(),
                next);
    }

    /** Without those that are gone. */
    public ElasticPods without(Predicate<Pod> gone) {
        return new ElasticPods(pods.stream().filter(gone.negate()).toList(), next);
    }
}
