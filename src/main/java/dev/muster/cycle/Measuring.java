package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.PodUse;
import dev.muster.postgres.Leadership;
import dev.muster.postgres.PodUseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The leader asks now and then what pods use, and adds it to what is kept. What it says at one look counts for the time since the last; a look
 * that was missed leaves a gap, which counts as not measured.
 */
@ApplicationScoped
public class Measuring {
    /** Longer than that between two looks nobody knows what was used. */
    static final Duration LONGEST = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final PodUseStore store;
    private final Leader leader;
    private volatile @Nullable Instant last;

    Measuring(Cluster cluster, PodUseStore store, Leader leader) {
        this.cluster = cluster;
        this.store = store;
        this.leader = leader;
    }

    /** Called by one timer, one call after the other. */
    void look() {
        long epoch = leader.epoch();
        Instant now = cluster.now();
        Optional<List<PodUse>> use = leader.leads() ? read() : Optional.empty();
        Instant before = last;
        last = use.isPresent() ? now : null;
        if (use.isEmpty() || before == null || !before.isBefore(now)) {
            return;
        }
        Duration length = Duration.between(before, now);
        if (length.compareTo(LONGEST) <= 0 && !use.get().isEmpty()) {
            try {
                store.add(epoch, use.get(), length, now);
            } catch (Leadership.Lost e) {
                // Another one measures by now.
                last = null;
            }
        }
    }

    private Optional<List<PodUse>> read() {
        try {
            return cluster.use();
        } catch (ClusterUnavailable e) {
            return Optional.empty();
        }
    }
}
