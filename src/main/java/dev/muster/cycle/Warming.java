package dev.muster.cycle;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.WarmNodes;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Resources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells the cluster which nodes are to be there before anybody needs them. Said again and again by who leads; nothing is remembered. */
@ApplicationScoped
public class Warming {
    private static final Logger LOG = Logger.getLogger(Warming.class);

    private final Cluster cluster;
    private final PoolStore pools;
    private final Board board;
    private final Leader leader;
    private final Foreseen foreseen;
    private final InstantSource clock;
    private volatile List<WarmNodes> asked = List.of();
    private boolean some;

    Warming(Cluster cluster, PoolStore pools, Board board, Leader leader, Foreseen foreseen, InstantSource clock) {
        this.cluster = cluster;
        this.pools = pools;
        this.board = board;
        this.leader = leader;
        this.foreseen = foreseen;
        this.clock = clock;
    }

    /** What was wanted when it was looked at last; nothing on a replica that does not lead. */
    public List<WarmNodes> asked() {
        return asked;
    }

    /** In one thread at a time. */
    void look() {
        if (!leader.leads()) {
            some = true; // who led before may have left some
            asked = List.of();
            return;
        }
        Instant now = clock.instant();
        Map<QueueName, Duration> longest = board.view()
                .map(view -> WaitingDemand.of(view.snapshot().pending(), view.plan(), now)
                        .longest())
                .orElse(Map.of());
        List<Pool> warmed = pools.all().stream()
                .map(Versioned::value)
                .filter(pool -> !pool.warm().isEmpty())
                .toList();
        Map<PoolName, WarmAhead> ahead = WarmAhead.of(warmed, foreseen.gangs(), now);
        List<WarmNodes> wanted = warmed.stream()
                .map(pool -> wanted(pool, now, longest, ahead.getOrDefault(pool.name(), WarmAhead.NOTHING)))
                .toList();
        asked = wanted;
        if (wanted.isEmpty() && !some) {
            return;
        }
        try {
            cluster.keepWarm(wanted);
            some = !wanted.isEmpty();
        } catch (ClusterUnavailable e) {
            LOG.debugf("act=warming-waits why=\"%s\"", e.getMessage());
        }
    }

    static WarmNodes wanted(Pool pool, Instant now, Map<QueueName, Duration> longest, WarmAhead ahead) {
        return new WarmNodes(
                pool.name(),
                WarmTimes.nodes(pool, now, longest, ahead),
                moreThanHalf(pool.resources()),
                pool.taints().stream()
                        .map(taint ->
                                new Toleration(taint.key(), Toleration.Operator.EQUAL, taint.value(), taint.effect()))
                        .toList(),
                WarmTimes.images(pool, now, longest, ahead));
    }

    /** Two of them never fit on one node, and what runs on every node fits beside one. */
    private static Resources moreThanHalf(Resources node) {
        Map<String, Long> half = new HashMap<>();
        for (String resource : List.of(Resources.CPU, Resources.MEMORY)) {
            long all = node.asMap().getOrDefault(resource, 0L);
            if (all > 0) {
                half.put(resource, all / 2 + 1);
            }
        }
        return Resources.of(half);
    }
}
