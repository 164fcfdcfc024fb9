package dev.muster.report;

import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.fragmentation.Advice;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.offering.SpotFirst;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In which pools one more pod of a role would fit each node if it asked a little less: told to who submits, and before. */
@ApplicationScoped
public class PodSizes {
    /** Who submits does not wait for the pools to be read each time. */
    private static final long NANOS_KEPT = Duration.ofSeconds(5).toNanos();

    private final PoolStore pools;
    private volatile @Nullable Kept kept;

    PodSizes(PoolStore pools) {
        this.pools = pools;
    }

    private record Kept(List<Pool> pools, long readAt) {}

    /** By the pools as they are now. */
    public SortedMap<RoleName, SortedMap<PoolName, String>> of(Job job) {
        return of(job, read().pools());
    }

    /** By the pools as they were in the last seconds. */
    public SortedMap<RoleName, SortedMap<PoolName, String>> lately(Job job) {
        Kept known = kept;
        boolean isFresh = known != null && System.nanoTime() - known.readAt() < NANOS_KEPT;
        return of(job, (isFresh ? known : read()).pools());
    }

    private Kept read() {
        long now = System.nanoTime();
        Kept fresh = new Kept(pools.all().stream().map(Versioned::value).toList(), now);
        kept = fresh;
        return fresh;
    }

    /** Of roles with several pods, where there is something to gain; a sentence for each pool. */
    private static SortedMap<RoleName, SortedMap<PoolName, String>> of(Job job, List<Pool> declared) {
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
        declared.forEach(pool -> Advice.of(shape, pool.emptyNode(new NodeName("any")))
                .ifPresent(sentence -> sentences.put(pool.name(), sentence)));
        return sentences;
    }
}
