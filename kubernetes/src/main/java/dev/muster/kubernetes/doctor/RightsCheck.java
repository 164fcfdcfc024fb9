package dev.muster.kubernetes.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether Muster's service account may do all that its code does, asked of the API server verb by verb. */
record RightsCheck(KubernetesClient client, String own, String volcano) implements Check {
    @Override
    public String name() {
        return "RIGHTS";
    }

    @Override
    public Diagnosis look() {
        List<Need> all = Need.all();
        List<String> missing = all.stream()
                .filter(need -> !isAllowed(need))
                .map(Need::toString)
                .toList();
        return missing.isEmpty()
                ? Diagnosis.ok(name(), "all %d rights are there".formatted(all.size()))
                : Diagnosis.fail(
                        name(),
                        "%d of %d rights are missing: %s".formatted(missing.size(), all.size(), Expected.some(missing)),
                        "Install the chart with rbac.create=true, or give the service account the rules of its ClusterRole.");
    }

    private boolean isAllowed(Need need) {
        String[] parts = need.resource().split("/", 2);
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(need.group())
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withVerb(need.verb())
                .withNamespace(namespace(need))
                .endResourceAttributes()
                .endSpec()
                .build();
        return Boolean.TRUE.equals(client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(asked)
                .getStatus()
                .getAllowed());
    }

    private @Nullable String namespace(Need need) {
        return switch (need.place()) {
            case CLUSTER -> null;
            case OWN -> own;
            case VOLCANO -> volcano;
        };
    }
}
