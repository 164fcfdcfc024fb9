package dev.muster.simulation;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterContract;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract kept by simulated clusters, whatever their clock. */
abstract class SimulatedContract extends ClusterContract {
    private @Nullable SimulatedCluster cluster;

    abstract SimulatedCluster open();

    @Override
    protected Cluster cluster(List<Room> rooms) {
        SimulatedCluster opened = open();
        cluster = opened;
        opened.declare(rooms.stream()
                .map(room -> new SimulatedPool(
                        new PoolName(room.pool()),
                        room.nodes(),
                        room.allocatable(),
                        room.labels(),
                        room.taints(),
                        room.maxPods(),
                        false))
                .toList());
        return opened;
    }

    SimulatedCluster cluster() {
        return Objects.requireNonNull(cluster);
    }

    @Override
    protected PodTemplate living(PodTemplate template, Life life) {
        return annotated(
                template,
                Map.of(
                        "simulation.muster.dev/run-time",
                        life.runTime().toMillis() + "ms",
                        "simulation.muster.dev/exit-code",
                        Integer.toString(life.exitCode())));
    }

    @Override
    protected void lose(NodeName node) {
        cluster().nodeLost(node);
    }

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
