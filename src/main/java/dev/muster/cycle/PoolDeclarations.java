package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.simulation.SimulatedCluster;
import dev.muster.simulation.SimulatedPool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells the simulated cluster which pools an operator has declared. Repeating it changes nothing. */
@ApplicationScoped
public class PoolDeclarations {
    private final PoolStore pools;
    private final SimulatedCluster cluster;
    private final boolean localProcesses;

    PoolDeclarations(PoolStore pools, SimulatedCluster cluster, Settings settings) {
        this.pools = pools;
        this.cluster = cluster;
        this.localProcesses = settings.localProcesses().allowed();
    }

    void declare() {
        List<SimulatedPool> declared = pools.all().stream()
                .map(versioned -> simulated(versioned.value()))
                .toList();
        cluster.declare(declared);
    }

    private SimulatedPool simulated(Pool pool) {
        return new SimulatedPool(
                pool.name(),
                pool.nodes(),
                pool.resources(),
                pool.labels(),
                pool.taints(),
                pool.maxPodsPerNode(),
                pool.localProcesses() && localProcesses);
    }
}
