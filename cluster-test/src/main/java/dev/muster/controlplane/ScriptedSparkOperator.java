package dev.muster.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the Spark operator (2.4) does of what Muster sees: no driver while an application is suspended, one when it is let go, its
 * state from the driver, its pods deleted when it is suspended again. Its executors the test makes, as the driver would.
 */
public final class ScriptedSparkOperator implements AutoCloseable {
    public static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("sparkoperator.k8s.io")
            .withVersion("v1beta2")
            .withKind("SparkApplication")
            .withPlural("sparkapplications")
            .withNamespaced(true)
            .build();
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: %1$s.sparkoperator.k8s.io
              annotations: {api-approved.kubernetes.io: "https://github.com/kubeflow/spark-operator/pull/1298"}
            spec:
              group: sparkoperator.k8s.io
              scope: Namespaced
              names: {kind: %2$s, plural: %1$s}
              versions:
              - name: v1beta2
                served: true
                storage: true
                subresources: {status: {}}
                schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, String> driverAnnotations;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** {@code driverAnnotations}: what becomes of drivers on fake nodes. */
    public ScriptedSparkOperator(KubernetesClient client, String namespace, Map<String, String> driverAnnotations) {
        this.client = client;
        this.namespace = namespace;
        this.driverAnnotations = driverAnnotations;
        thread.scheduleWithFixedDelay(this::look, 0, 200, TimeUnit.MILLISECONDS);
    }

    public static void install(KubernetesClient client) {
        Map.of("sparkapplications", "SparkApplication", "scheduledsparkapplications", "ScheduledSparkApplication")
                .forEach((plural, kind) -> client.load(new ByteArrayInputStream(
                                CRD.formatted(plural, kind).getBytes(StandardCharsets.UTF_8)))
                        .serverSideApply());
        await().atMost(Duration.ofSeconds(90)).until(() -> client.hasApiGroup("sparkoperator.k8s.io", true));
    }

    private void look() {
        try {
            client.genericKubernetesResources(KIND).inNamespace(namespace).list().getItems().stream()
                    .filter(application -> application.getMetadata().getDeletionTimestamp() == null)
                    .forEach(this::look);
        } catch (RuntimeException e) {
            // Asked again in a moment, as a controller does.
            System.getLogger("operator").log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    private void look(GenericKubernetesResource application) {
        String state = state(application);
        Optional<Pod> driver = pods(application).stream()
                .filter(pod -> "driver".equals(pod.getMetadata().getLabels().get("spark-role")))
                .findFirst();
        if (state.equals("COMPLETED") || state.equals("FAILED")) {
            return;
        }
        if (Boolean.TRUE.equals(application.get("spec", "suspend"))) {
            pods(application)
                    .forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
            become(application, "SUSPENDED");
        } else if (driver.isEmpty()) {
            if (state.isEmpty() || state.equals("SUSPENDED")) {
                client.resource(driver(application)).create();
                become(application, "SUBMITTED");
            } else {
                become(application, "FAILED");
            }
        } else {
            switch (String.valueOf(driver.get().getStatus().getPhase())) {
                case "Succeeded" -> become(application, "COMPLETED");
                case "Failed" -> become(application, "FAILED");
                case "Running" -> become(application, "RUNNING");
                default -> {}
            }
        }
    }

    public List<Pod> pods(GenericKubernetesResource application) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(
                        "sparkoperator.k8s.io/app-name",
                        application.getMetadata().getName())
                .list()
                .getItems();
    }

    public static String state(GenericKubernetesResource application) {
        Object state = application.get("status", "applicationState", "state");
        return state == null ? "" : String.valueOf(state);
    }

    private void become(GenericKubernetesResource application, String state) {
        if (!state.equals(state(application))) {
            client.resource(application)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"status\": {\"applicationState\": {\"state\": \"%s\"}}}".formatted(state));
        }
    }

    private Pod driver(GenericKubernetesResource application) {
        return new PodBuilder(
                        pod(application, "driver", application.getMetadata().getName() + "-driver", "896Mi"))
                .editMetadata()
                .addToAnnotations(driverAnnotations)
                .endMetadata()
                .build();
    }

    /** As a driver makes it. */
    public void executor(GenericKubernetesResource application, int number) {
        String name = application.getMetadata().getName() + "-exec-" + number;
        client.resource(new PodBuilder(pod(application, "executor", name, "896Mi"))
                        .editMetadata()
                        .addToLabels("spark-exec-id", Integer.toString(number))
                        .endMetadata()
                        .build())
                .create();
    }

    private Pod pod(GenericKubernetesResource application, String role, String name, String memory) {
        Map<String, String> labels = new HashMap<>();
        if (application.get("spec", role, "labels") instanceof Map<?, ?> asked) {
            asked.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        }
        labels.put("spark-role", role);
        labels.put("spark-app-selector", "spark-of-" + application.getMetadata().getName());
        labels.put("sparkoperator.k8s.io/app-name", application.getMetadata().getName());
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("spark-kubernetes-" + role)
                .withImage("none")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("1"), "memory", new Quantity(memory)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
