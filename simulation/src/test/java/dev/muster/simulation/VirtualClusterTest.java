package dev.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;

class VirtualClusterTest extends SimulatedContract {
    @TempDir
    Path directory;

    @Override
    SimulatedCluster open() {
        return SimulatedCluster.open(
                SimulationSettings.in(directory, new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"))));
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
