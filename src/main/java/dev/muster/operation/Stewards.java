package dev.muster.operation;

import dev.muster.Settings;
import dev.muster.kubernetes.Steward;
import dev.muster.problem.MusterException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;

/** The steward of the cluster, where there is one: the simulated cluster has none. */
@ApplicationScoped
public class Stewards {
    private final Settings settings;
    private final Instance<Steward> steward;

    Stewards(Settings settings, Instance<Steward> steward) {
        this.settings = settings;
        this.steward = steward;
    }

    public Optional<Steward> find() {
        return settings.cluster() == Settings.ClusterKind.KUBERNETES ? Optional.of(steward.get()) : Optional.empty();
    }

    /** @throws MusterException where the cluster is simulated */
    public Steward require(String verb) {
        return find().orElseThrow(() -> MusterException.invalidState(
                "cluster", "simulated", "without Kubernetes", verb, List.of("set muster.cluster=KUBERNETES")));
    }
}
