package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.kubernetes.Declarations;
import dev.muster.kubernetes.TeamPlace;
import dev.muster.kubernetes.VolcanoCluster;
import dev.muster.pool.Pool;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.TeamStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.TeamName;
import dev.muster.simulation.SimulatedCluster;
import dev.muster.simulation.SimulatedPool;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells the cluster what operators have declared: the simulated one gets its nodes from it, Kubernetes learns whose a node is
 * and where a team's pods live. Repeating it changes nothing.
 */
@ApplicationScoped
public class Declaring {
    private final PoolStore pools;
    private final TeamStore teams;
    private final Instance<SimulatedCluster> simulated;
    private final Instance<VolcanoCluster> volcano;
    private final Settings settings;
    private final Leader leader;

    Declaring(
            PoolStore pools,
            TeamStore teams,
            Instance<SimulatedCluster> simulated,
            Instance<VolcanoCluster> volcano,
            Settings settings,
            Leader leader) {
        this.pools = pools;
        this.teams = teams;
        this.simulated = simulated;
        this.volcano = volcano;
        this.settings = settings;
        this.leader = leader;
    }

    void declare() {
        List<Pool> declared = pools.all().stream().map(Versioned::value).toList();
        switch (settings.cluster()) {
            case SIMULATED ->
                simulated.get().declare(declared.stream().map(this::simulated).toList());
            case KUBERNETES -> {
                volcano.get().leadWhile(leader::leads);
                volcano.get().declare(new Declarations(labels(declared), places()));
            }
        }
    }

    private SimulatedPool simulated(Pool pool) {
        return new SimulatedPool(
                pool.name(),
                pool.nodes(),
                pool.resources(),
                pool.labels(),
                pool.taints(),
                pool.maxPodsPerNode(),
                pool.localProcesses() && settings.localProcesses().allowed());
    }

    private static Map<PoolName, Map<String, String>> labels(List<Pool> declared) {
        return declared.stream().collect(Collectors.toMap(Pool::name, Pool::labels));
    }

    private Map<TeamName, TeamPlace> places() {
        return teams.all().stream()
                .map(Versioned::value)
                .collect(Collectors.toMap(Team::name, team -> new TeamPlace(team.namespace(), team.serviceAccount())));
    }
}
