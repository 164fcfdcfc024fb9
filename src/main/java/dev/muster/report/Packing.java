package dev.muster.report;

import dev.muster.cycle.Board;
import dev.muster.cycle.Consolidating;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.RecentLoadStore;
import dev.muster.quota.fragmentation.Fragmentation;
import dev.muster.quota.fragmentation.Load;
import dev.muster.quota.fragmentation.Shape;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.usage.NodePrice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the nodes is of no use, by the last plan's snapshot and the load of the last 24 hours: worked out when somebody asks, and
 * kept for a while. Empty on a replica that does not plan. Safe for any thread.
 */
@ApplicationScoped
public class Packing {
    private static final Duration LATELY = Duration.ofHours(24);
    private static final int MOST_ATTEMPTS = 20_000;
    private static final long KEPT = Duration.ofSeconds(5).toNanos();
    private static final long LOAD_KEPT = Duration.ofMinutes(1).toNanos();
    /** What is dear to work out is kept so many times as long as that took. */
    private static final int TIMES = 20;

    private final Board board;
    private final RecentLoadStore loads;
    private final PoolStore pools;
    private @Nullable Found kept;
    private @Nullable Map<Shape, Long> ended;
    private long endedUntil;

    Packing(Board board, RecentLoadStore loads, PoolStore pools) {
        this.board = board;
        this.loads = loads;
        this.pools = pools;
    }

    /** What was found, of which snapshot. */
    public record Found(Fragmentation fragmentation, Snapshot snapshot, Map<PoolName, NodePrice> prices, long until) {
        public Instant at() {
            return snapshot.now();
        }
    }

    public synchronized Optional<Found> find() {
        Board.View view = board.view().orElse(null);
        if (view == null) {
            kept = null;
            return Optional.empty();
        }
        Found known = kept;
        if (known == null || known.snapshot() != view.snapshot() && System.nanoTime() - known.until() > 0) {
            long began = System.nanoTime();
            Map<PoolName, NodePrice> prices = prices();
            Fragmentation found = Fragmentation.of(view.snapshot(), load(view.snapshot()), prices);
            long took = System.nanoTime() - began;
            known = new Found(found, view.snapshot(), prices, System.nanoTime() + Math.max(KEPT, TIMES * took));
            kept = known;
        }
        return Optional.of(known);
    }

    /** Pods that live and that wait, and those that have ended of late. */
    private Load load(Snapshot snapshot) {
        Map<Shape, Long> pods = new HashMap<>(ended(snapshot.now()));
        snapshot.pending().forEach(job -> job.roles().forEach(ask -> add(pods, ask, ask.minimum())));
        snapshot.live().forEach(attempt -> attempt.roles()
                .forEach(ask -> add(
                        pods,
                        ask,
                        attempt.pods().stream()
                                .filter(held -> held.role().equals(ask.role()))
                                .mapToLong(held -> held.count())
                                .sum())));
        return Load.of(pods);
    }

    private static void add(Map<Shape, Long> pods, Ask ask, long count) {
        pods.merge(new Shape(ask.pod(), ask.affinity(), ask.tolerations()), count, Long::sum);
    }

    private Map<Shape, Long> ended(Instant now) {
        Map<Shape, Long> known = ended;
        if (known == null || System.nanoTime() - endedUntil > 0) {
            known = loads.ended(now.minus(LATELY), MOST_ATTEMPTS);
            ended = known;
            endedUntil = System.nanoTime() + LOAD_KEPT;
        }
        return known;
    }

    /** What a node of each pool costs now. */
    Map<PoolName, NodePrice> prices() {
        return Consolidating.prices(pools.all());
    }
}
