package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.kubernetes.doctor.ClusterDoctor;
import dev.muster.kubernetes.doctor.Diagnosis;
import dev.muster.kubernetes.doctor.Expected;
import dev.muster.kubernetes.onboarding.Farewell;
import dev.muster.kubernetes.onboarding.Offboarding;
import dev.muster.kubernetes.onboarding.Onboarding;
import dev.muster.kubernetes.onboarding.Step;
import dev.muster.kubernetes.onboarding.TeamSite;
import dev.muster.kubernetes.volcanoconfig.InForce;
import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What operators ask of the cluster, for those who know no client: teams' places, Volcano's configuration, what is wrong. */
public final class Steward {
    private final KubernetesConnection connection;
    private final Onboarding onboarding;
    private final Offboarding offboarding;

    public Steward(KubernetesConnection connection) {
        this.connection = connection;
        this.onboarding = new Onboarding(connection.client());
        this.offboarding = new Offboarding(connection.client());
    }

    /** What would be done for a team's place. */
    public List<Step> plan(TeamSite site) {
        return asked(() -> onboarding.plan(site));
    }

    public List<Step> onboard(TeamSite site) {
        return asked(() -> onboarding.apply(site));
    }

    /** What would be taken away with the team. */
    public Farewell farewell(TeamSite site) {
        return asked(() -> offboarding.list(site));
    }

    /** @throws IllegalArgumentException where what is confirmed is not what there is now */
    public Farewell offboard(TeamSite site, String confirmation) {
        return asked(() -> offboarding.remove(site, confirmation));
    }

    /** Volcano's configuration in force. */
    public Optional<String> configuration(Expected.VolcanoPlace place) {
        return asked(() -> inForce(place).read());
    }

    /** @return false where it is not {@code seen} any more */
    public boolean configure(Expected.VolcanoPlace place, String text, String seen) {
        return asked(() -> inForce(place).write(text, seen));
    }

    public List<Diagnosis> examine(Expected expected, InstantSource clock) {
        return new ClusterDoctor(connection.client(), expected, clock).examine();
    }

    /** Whose token it is, where it is meant for us. */
    public Optional<ServiceAccount> whose(String token, String audience) {
        return ServiceAccount.of(connection.client(), token, audience);
    }

    /** Amounts as Kubernetes writes them. */
    public static Map<String, String> written(Resources amounts) {
        Map<String, String> written = new TreeMap<>();
        for (Map.Entry<String, Quantity> amount : Quantities.of(amounts).entrySet()) {
            written.put(amount.getKey(), amount.getValue().toString());
        }
        return written;
    }

    private InForce inForce(Expected.VolcanoPlace place) {
        return new InForce(connection.client(), place.namespace(), place.configMap(), place.key());
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw new ClusterUnavailable("Kubernetes answers %d: %s".formatted(e.getCode(), e.getMessage()), e);
        }
    }
}
