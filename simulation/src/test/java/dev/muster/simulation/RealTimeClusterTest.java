package dev.muster.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

class RealTimeClusterTest extends SimulatedContract {
    @Override
    SimulatedCluster open() {
        return SimulatedCluster.open(SimulationSettings.inMemory(InstantSource.system()));
    }

    @Override
    protected void until(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    @Override
    protected void settle() {
        // What can happen now has happened: the simulated cluster is never late.
    }
}
