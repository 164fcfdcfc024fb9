package dev.muster;

import dev.muster.quota.plan.Planner;
import dev.muster.simulation.SimulatedCluster;
import dev.muster.simulation.SimulationSettings;
import dev.muster.simulation.VirtualClock;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Every bean that is made from a plain object. */
@Singleton
class Beans {
    /** The real clock counts microseconds, as the database does: what is written reads back the same. */
    @Produces
    @Singleton
    InstantSource clock(Settings settings) {
        return switch (settings.clock()) {
            case REAL -> microseconds(InstantSource.system());
            case VIRTUAL -> new VirtualClock(settings.clockStart());
        };
    }

    private static InstantSource microseconds(InstantSource finer) {
        return () -> finer.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Produces
    @Singleton
    SimulatedCluster cluster(Settings settings, InstantSource clock) {
        return SimulatedCluster.open(SimulationSettings.in(settings.data().resolve("cluster"), clock)
                .withLocalProcesses(settings.localProcesses().allowed()));
    }

    void close(@Disposes SimulatedCluster cluster) {
        cluster.close();
    }

    @Produces
    @Singleton
    Planner planner() {
        return new Planner();
    }
}
