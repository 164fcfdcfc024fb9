package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Locale;

/** Whether one of Volcano's programs runs. Its chart names the deployments {@code <release>-scheduler} and so on. */
record VolcanoCheck(KubernetesClient client, Expected.VolcanoPlace place, String part, String usual) implements Check {
    @Override
    public String name() {
        return "VOLCANO_" + part.toUpperCase(Locale.ROOT);
    }

    @Override
    public Diagnosis look() {
        List<Deployment> found = client.apps().deployments().inNamespace(place.namespace()).list().getItems().stream()
                .filter(deployment -> deployment.getMetadata().getName().endsWith("-" + part))
                .toList();
        if (found.isEmpty()) {
            return Diagnosis.fail(
                    name(),
                    "no deployment %s in namespace %s".formatted(usual, place.namespace()),
                    "Install Volcano there, or say where it is: muster.volcano.namespace.");
        }
        Deployment deployment = found.get(0);
        Integer ready =
                deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas();
        String named =
                "%s/%s".formatted(place.namespace(), deployment.getMetadata().getName());
        return ready != null && ready > 0
                ? Diagnosis.ok(name(), "%s has %d ready".formatted(named, ready))
                : Diagnosis.fail(
                        name(),
                        named + " has no ready replica",
                        "kubectl -n %s logs deployment/%s; a configuration it cannot read ends it (muster lint)."
                                .formatted(
                                        place.namespace(),
                                        deployment.getMetadata().getName()));
    }
}
