package dev.muster.kubernetes.doctor;

import dev.muster.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether teams' namespaces are there and carry the label by which the webhooks know them. */
record NamespacesCheck(KubernetesClient client, Expected expected) implements Check {
    @Override
    public String name() {
        return "TEAM_NAMESPACES";
    }

    @Override
    public Diagnosis look() {
        List<String> bad = new ArrayList<>();
        expected.namespaces().forEach((team, name) -> {
            Namespace live = client.namespaces().withName(name).get();
            Map<String, String> labels = live == null || live.getMetadata().getLabels() == null
                    ? Map.of()
                    : live.getMetadata().getLabels();
            if (live == null) {
                bad.add("%s of team %s is not there".formatted(name, team));
            } else if (!team.equals(labels.get(Labels.TEAM))) {
                bad.add("%s of team %s lacks the label %s".formatted(name, team, Labels.TEAM));
            }
        });
        return bad.isEmpty()
                ? Diagnosis.ok(
                        name(),
                        "%d namespaces are there and labelled"
                                .formatted(expected.namespaces().size()))
                : Diagnosis.fail(
                        name(),
                        Expected.some(bad),
                        "muster teams onboard TEAM makes and labels it; without the label what is created past Muster is not queued.");
    }
}
