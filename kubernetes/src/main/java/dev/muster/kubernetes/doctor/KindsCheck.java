package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether Volcano's kinds are there in the versions that Muster writes. */
record KindsCheck(KubernetesClient client) implements Check {
    private static final Map<String, List<String>> KINDS = Map.of(
            "scheduling.volcano.sh/v1beta1", List.of("podgroups", "queues"),
            "batch.volcano.sh/v1alpha1", List.of("jobs"));

    @Override
    public String name() {
        return "VOLCANO_KINDS";
    }

    @Override
    public Diagnosis look() {
        List<String> missing = new ArrayList<>();
        KINDS.forEach((version, plurals) -> {
            APIResourceList served = client.getApiResources(version);
            plurals.stream()
                    .filter(plural -> served == null
                            || served.getResources().stream()
                                    .map(APIResource::getName)
                                    .noneMatch(plural::equals))
                    .forEach(plural -> missing.add(plural + " in " + version));
        });
        return missing.isEmpty()
                ? Diagnosis.ok(name(), "podgroups, queues and jobs of Volcano are there")
                : Diagnosis.fail(
                        name(),
                        "missing: "
                                + String.join(", ", missing.stream().sorted().toList()),
                        "Install Volcano 1.12 or newer with its chart (docs/install.md); an older one serves other versions.");
    }
}
