package dev.muster.operation;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import io.fabric8.volcano.api.model.scheduling.v1beta1.QueueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an operator finds where Volcano was installed by its chart; the scheduler that works is the simulated one. */
final class VolcanoStandIn {
    private static final String NAMESPACE = "volcano-system";
    private static final String CONFIGURATION = "volcano-scheduler-configmap";
    private static final String KEY = "volcano-scheduler.conf";
    private static final List<String> PARTS = List.of("volcano-scheduler", "volcano-controllers");

    private final KubernetesClient client;

    VolcanoStandIn(KubernetesClient client) {
        this.client = client;
    }

    void install() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        PARTS.forEach(this::run);
        configure("actions: \"enqueue, allocate\"\n");
        if (client.resources(Queue.class).withName("default").get() == null) {
            client.resource(new QueueBuilder()
                            .withNewMetadata()
                            .withName("default")
                            .endMetadata()
                            .withNewSpec()
                            .withWeight(1)
                            .endSpec()
                            .build())
                    .create();
        }
    }

    void remove() {
        PARTS.forEach(name -> client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete());
    }

    /** As its chart and who installs it write it. */
    void configure(String text) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(CONFIGURATION)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addToData(KEY, text)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    String inForce() {
        return Objects.requireNonNull(client.configMaps()
                .inNamespace(NAMESPACE)
                .withName(CONFIGURATION)
                .get()
                .getData()
                .get(KEY));
    }

    private void run(String name) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", name))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName(name)
                        .withImage("registry.example.com/" + name)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .serverSideApply();
    }
}
