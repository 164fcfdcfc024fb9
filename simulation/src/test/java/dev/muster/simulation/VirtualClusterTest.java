package dev.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.BooleanSupplier;

class VirtualClusterTest extends SimulatedContract {
    @Override
    SimulatedCluster open() {
        return SimulatedCluster.open(
                SimulationSettings.inMemory(new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"))));
    }

    @Override
    protected void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(cluster().advance()).as("something is to come").isTrue();
        }
    }

    @Override
    protected void settle() {
        // What can happen now has happened: the simulated cluster is never late.
    }
}
