package dev.muster;

import dev.muster.archive.Archive;
import dev.muster.artifact.Equipping;
import dev.muster.cluster.Cluster;
import dev.muster.cycle.Planning;
import dev.muster.kubernetes.Installation;
import dev.muster.kubernetes.KubernetesConnection;
import dev.muster.kubernetes.Steward;
import dev.muster.kubernetes.VolcanoCluster;
import dev.muster.kubernetes.external.WithExternalWork;
import dev.muster.postgres.InstallationStore;
import dev.muster.quota.plan.WarmPlanner;
import dev.muster.simulation.SimulatedCluster;
import dev.muster.simulation.SimulationSettings;
import dev.muster.simulation.VirtualClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.Config;

/** Every bean that is made from a plain object. */
@Singleton
class Beans {
    /** The real clock counts microseconds, as the database does: what is written reads back the same. */
    @Produces
    @Singleton
    InstantSource clock(Settings settings) {
        return switch (settings.clock()) {
            case REAL -> microseconds(InstantSource.offset(InstantSource.system(), settings.clockOffset()));
            case VIRTUAL -> new VirtualClock(settings.clockStart());
        };
    }

    private static InstantSource microseconds(InstantSource finer) {
        return () -> finer.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Where gangs run; the other one is never opened. */
    @Produces
    @Singleton
    Cluster cluster(
            Settings settings,
            Instance<SimulatedCluster> simulated,
            Instance<VolcanoCluster> volcano,
            Instance<WithExternalWork> external,
            Equipping equipping,
            Archive archive) {
        return archive.around(equipping.around(
                switch (settings.cluster()) {
                    case SIMULATED -> simulated.get();
                    case KUBERNETES -> settings.webhook().enabled() ? external.get() : volcano.get();
                }));
    }

    @Produces
    @Singleton
    @Typed(WithExternalWork.class)
    WithExternalWork external(VolcanoCluster volcano, KubernetesConnection connection, Installation installation) {
        return WithExternalWork.open(volcano, connection.client(), installation.id(), volcano::nodesOf);
    }

    void close(@Disposes WithExternalWork cluster) {
        cluster.close();
    }

    @Produces
    @Singleton
    KubernetesConnection connection(Settings settings) {
        return KubernetesConnection.open(settings.kubernetes().kubeconfig().orElse(null));
    }

    void close(@Disposes KubernetesConnection connection) {
        connection.close();
    }

    @Produces
    @Singleton
    Steward steward(KubernetesConnection connection) {
        return new Steward(connection);
    }

    @Produces
    @Singleton
    Installation installation(Settings settings, InstallationStore installations) {
        Settings.Kubernetes kubernetes = settings.kubernetes();
        return new Installation(
                kubernetes.installation().orElseGet(installations::id),
                kubernetes.scheduler(),
                kubernetes.image().orElse(null),
                kubernetes.placeholderImage(),
                settings.artifacts().fetchImage(),
                settings.webhook().namespace());
    }

    @Produces
    @Singleton
    @Typed(VolcanoCluster.class)
    VolcanoCluster volcano(
            Settings settings, KubernetesConnection connection, Installation installation, InstantSource clock) {
        if (settings.clock() == Settings.ClockMode.VIRTUAL) {
            throw new IllegalStateException(
                    "muster.clock=VIRTUAL moves a simulated cluster: set muster.cluster=SIMULATED, or the clock to REAL");
        }
        return VolcanoCluster.open(
                connection, installation, clock, settings.kubernetes().connections());
    }

    void close(@Disposes VolcanoCluster cluster) {
        cluster.close();
    }

    @Produces
    @Singleton
    @Typed(SimulatedCluster.class)
    SimulatedCluster simulated(Settings settings, InstantSource clock, Config config) {
        return SimulatedCluster.open(SimulationSettings.in(settings.data().resolve("cluster"), clock)
                .withLocalProcesses(settings.localProcesses().allowed())
                .withService(() -> "http://127.0.0.1:" + config.getValue("quarkus.http.port", Integer.class)));
    }

    void close(@Disposes SimulatedCluster cluster) {
        cluster.close();
    }

    @Produces
    @ApplicationScoped
    Planning planner() {
        return new WarmPlanner()::plan;
    }
}
