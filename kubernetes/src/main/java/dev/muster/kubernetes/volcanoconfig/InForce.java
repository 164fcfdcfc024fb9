package dev.muster.kubernetes.volcanoconfig;

import dev.muster.kubernetes.onboarding.Onboarding;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The ConfigMap that Volcano's scheduler reads. Only the one key is written; what else is in it stays. */
public record InForce(KubernetesClient client, String namespace, String name, String key) {
    public Optional<String> read() {
        ConfigMap live =
                client.configMaps().inNamespace(namespace).withName(name).get();
        return live == null || live.getData() == null
                ? Optional.empty()
                : Optional.ofNullable(live.getData().get(key));
    }

    /**
     * Writes the text where what is there is still {@code seen}; the kubelet brings it to the scheduler within about a minute,
     * which takes it without a restart.
     *
     * @return false where somebody changed it meanwhile, or it is not there
     */
    public boolean write(String text, String seen) {
        ConfigMap live =
                client.configMaps().inNamespace(namespace).withName(name).get();
        if (live == null
                || !seen.equals(live.getData() == null ? null : live.getData().get(key))) {
            return false;
        }
        ConfigMap wanted = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withResourceVersion(live.getMetadata().getResourceVersion())
                .endMetadata()
                .addToData(key, text)
                .build();
        client.resource(wanted)
                .fieldManager(Onboarding.FIELD_OWNER)
                .forceConflicts()
                .serverSideApply();
        return true;
    }
}
