package dev.muster.controlplane.volcano;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupStatus;
import io.fabric8.volcano.api.model.scheduling.v1beta1.Queue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scheduler writes. Whatever is refused is looked at again in a later session, from what is there then. */
final class Writes {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    private final KubernetesClient client;

    Writes(KubernetesClient client) {
        this.client = client;
    }

    /** True where the pod is bound now. */
    boolean bind(Pod pod, String node) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        Map<String, Object> binding = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Binding",
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        namespace,
                        "uid",
                        pod.getMetadata().getUid()),
                "target",
                Map.of("apiVersion", "v1", "kind", "Node", "name", node));
        try {
            client.raw("/api/v1/namespaces/%s/pods/%s/binding".formatted(namespace, name), "POST", binding);
            return true;
        } catch (KubernetesClientException e) {
            LOG.info("Pod {}/{} was not bound to {}: {}", namespace, name, node, e.getMessage());
            return false;
        }
    }

    /** The group as it is now; null where it was not written. */
    @Nullable
    PodGroup status(PodGroup group, PodGroupStatus status) {
        try {
            return client.resource(group)
                    .patch(MERGE, client.getKubernetesSerialization().asJson(Map.of("status", status)));
        } catch (KubernetesClientException e) {
            LOG.info("PodGroup {} got no status: {}", group.getMetadata().getName(), e.getMessage());
            return null;
        }
    }

    void verdict(Pod pod, Verdict verdict) {
        Map<String, Object> condition = Map.of(
                "type", "PodScheduled", "status", "False", "reason", verdict.reason(), "message", verdict.message());
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(
                            STRATEGIC,
                            client.getKubernetesSerialization()
                                    .asJson(Map.of(
                                            "metadata",
                                                    Map.of(
                                                            "uid",
                                                            pod.getMetadata().getUid()),
                                            "status", Map.of("conditions", List.of(condition)))));
        } catch (KubernetesClientException e) {
            LOG.info("Pod {} got no verdict: {}", pod.getMetadata().getName(), e.getMessage());
        }
    }

    void open(Queue queue) {
        try {
            client.resources(Queue.class)
                    .withName(queue.getMetadata().getName())
                    .subresource("status")
                    .patch(MERGE, "{\"status\":{\"state\":\"Open\"}}");
        } catch (KubernetesClientException e) {
            LOG.info("Queue {} was not opened: {}", queue.getMetadata().getName(), e.getMessage());
        }
    }
}
