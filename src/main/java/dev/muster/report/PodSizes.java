package dev.muster.report;

import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.fragmentation.Advice;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.offering.SpotFirst;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** In which pools one more pod of a role would fit each node if it asked a little less: told before somebody submits. */
@ApplicationScoped
public class PodSizes {
    private final PoolStore pools;

    PodSizes(PoolStore pools) {
        this.pools = pools;
    }

    /** Of roles with several pods, where there is something to gain; a sentence for each pool. */
    public SortedMap<RoleName, SortedMap<PoolName, String>> of(Job job) {
        List<Pool> declared = pools.all().stream().map(Versioned::value).toList();
        SortedMap<RoleName, SortedMap<PoolName, String>> sizes = new TreeMap<>();
        for (Role role : job.spec().roles()) {
            SortedMap<PoolName, String> ofRole = role.maximum() > 1 ? of(role, declared) : new TreeMap<>();
            if (!ofRole.isEmpty()) {
                sizes.put(role.name(), ofRole);
            }
        }
        return sizes;
    }

    private static SortedMap<PoolName, String> of(Role role, List<Pool> declared) {
        Shape shape = new Shape(
                role.pod().resources(),
                SpotFirst.without(role.pod().affinity()),
                role.pod().tolerations());
        SortedMap<PoolName, String> sentences = new TreeMap<>();
        declared.forEach(pool -> Advice.of(shape, Forecasts.emptyNode(pool))
                .ifPresent(sentence -> sentences.put(pool.name(), sentence)));
        return sentences;
    }
}
