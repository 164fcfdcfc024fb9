package dev.muster.cycle;

import dev.muster.pool.Pool;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.OfferingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes of each pool and since when each is ready, as far as that was seen. Used by one thread. */
final class Fleet {
    private static final int MOST_GONE = 10_000;

    private final Map<NodeName, Instant> readySince = new HashMap<>();
    /** The last that are gone: that a node was taken back is heard when it is not there any more. */
    private final Map<NodeName, Instant> gone = new LinkedHashMap<>();

    private final Map<PoolName, List<Node>> byPool = new HashMap<>();
    private Instant at = Instant.EPOCH;
    private Instant ranUntil = Instant.EPOCH;
    private boolean isFirst = true;

    /** Returns how many nodes of each pool have become ready since the last look; of what was there at first nobody knows. */
    Map<PoolName, Integer> see(List<Node> nodes, Instant now) {
        at = now;
        byPool.clear();
        Map<PoolName, Integer> came = new TreeMap<>();
        HashSet<NodeName> there = new HashSet<>();
        for (Node node : nodes) {
            byPool.computeIfAbsent(node.pool(), pool -> new ArrayList<>()).add(node);
            there.add(node.name());
            if (node.ready()
                    && readySince.putIfAbsent(node.name(), isFirst ? Instant.EPOCH : now) == null
                    && !isFirst) {
                came.merge(node.pool(), 1, Integer::sum);
            }
        }
        readySince.entrySet().removeIf(node -> {
            boolean isGone = !there.contains(node.getKey());
            if (isGone) {
                gone.put(node.getKey(), node.getValue());
            }
            return isGone;
        });
        gone.keySet().removeAll(there);
        for (Iterator<NodeName> oldest = gone.keySet().iterator(); gone.size() > MOST_GONE; ) {
            oldest.next();
            oldest.remove();
        }
        isFirst = false;
        return came;
    }

    Instant seenAt() {
        return at;
    }

    /** Ready or not. */
    int count(PoolName pool) {
        return byPool.getOrDefault(pool, List.of()).size();
    }

    int countWithout(PoolName pool, Set<NodeName> going) {
        return (int) byPool.getOrDefault(pool, List.of()).stream()
                .filter(node -> !going.contains(node.name()))
                .count();
    }

    /** How long a node has been ready, or one that is gone was by then; of one that was there at first, too long. */
    @Nullable
    Duration age(NodeName node, Instant then) {
        Instant since = readySince.getOrDefault(node, gone.get(node));
        return since == null ? null : Duration.between(since, then);
    }

    /** How many nodes of the pool that are there have become ready since then. */
    int cameSince(PoolName pool, Instant then) {
        return (int) byPool.getOrDefault(pool, List.of()).stream()
                .filter(node -> {
                    Instant since = readySince.get(node.name());
                    return since != null && !since.isBefore(then);
                })
                .count();
    }

    /** How long the nodes of each pool were there since the last call, all together. */
    Map<PoolName, Duration> ran(Instant now) {
        Map<PoolName, Duration> ran = new TreeMap<>();
        if (ranUntil.isAfter(Instant.EPOCH) && now.isAfter(ranUntil)) {
            Duration elapsed = Duration.between(ranUntil, now);
            byPool.forEach((pool, nodes) -> ran.put(pool, elapsed.multipliedBy(nodes.size())));
        }
        ranUntil = now;
        return ran;
    }

    /** What the next node of the pool will be like: as its smallest node is, or as it was declared while there is none. */
    OfferingSpec spec(Pool pool) {
        OfferingSpec like = OfferingSpec.found(byPool.getOrDefault(pool.name(), List.of())).values().stream()
                .findFirst()
                .orElse(null);
        return new OfferingSpec(
                pool.offering(),
                like == null ? pool.resources() : like.resources(),
                like == null ? pool.maxPodsPerNode() : like.maxPods(),
                pool.nodeLabels(),
                pool.taints(),
                Math.min(pool.nodes(), pool.maxNodes()),
                pool.maxNodes(),
                pool.price());
    }
}
