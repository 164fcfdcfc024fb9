package dev.muster.simulation.site;

import dev.muster.quota.queue.QueueSpec;
import dev.muster.simulation.market.Latency;
import java.util.List;

/**
 * A cluster as somebody wrote it down. {@code queues} may be empty: then each queue that a job names is one at the top.
 * {@code podStart}: from binding to running. {@code notice}: from the news that a node is taken back until it is gone.
 * {@code gather}: what happens within this time is decided together.
 */
public record SiteSpec(
        List<PoolSpec> pools,
        List<QueueSpec> queues,
        AutoscalerSpec autoscaler,
        Latency podStart,
        long notice,
        long gather) {
    public SiteSpec {
        pools = List.copyOf(pools);
        queues = List.copyOf(queues);
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("A cluster needs a pool");
        }
    }
}
