package dev.muster.submission;

import dev.muster.cluster.Cluster;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that a job may count on: those that the cluster shows, ready or not, and those that a declared pool does not show
 * yet but has, or may grow to have. The same list is given out until pools change, for a few seconds at most.
 */
@ApplicationScoped
public class Supply {
    private static final long NANOS_KEPT = 3_000_000_000L;

    private final Cluster cluster;
    private final PoolStore pools;
    private String seen = "";
    private List<Node> nodes = List.of();
    private long readAt;
    private boolean isRead;

    Supply(Cluster cluster, PoolStore pools) {
        this.cluster = cluster;
        this.pools = pools;
    }

    /** Nodes as if each were ready; {@code stamp} tells whether pools were written since they were read. */
    synchronized List<Node> nodes(String stamp) {
        long now = System.nanoTime();
        if (!isRead || now - readAt > NANOS_KEPT || !stamp.equals(seen)) {
            List<Node> read = read(pools.all());
            nodes = read.equals(nodes) ? nodes : read;
            seen = stamp;
            readAt = now;
            isRead = true;
        }
        return nodes;
    }

    private List<Node> read(List<Versioned<Pool>> declared) {
        List<Node> all = new ArrayList<>();
        Map<PoolName, Integer> shown = new HashMap<>();
        for (Node node : cluster.nodes()) {
            all.add(node.withReady(true));
            shown.merge(node.pool(), 1, Integer::sum);
        }
        for (Versioned<Pool> versioned : declared) {
            Pool pool = versioned.value();
            for (int i = shown.getOrDefault(pool.name(), 0); i < pool.maxNodes(); i++) {
                all.add(pool.emptyNode(new NodeName(pool.name() + "-awaited-" + i)));
            }
        }
        return List.copyOf(all);
    }
}
