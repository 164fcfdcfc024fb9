package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.Gang;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes to objects of others: only what is named, only on the object that was meant, and repeatable. */
final class Patches {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;

    Patches(KubernetesClient client) {
        this.client = client;
    }

    KubernetesClient client() {
        return client;
    }

    /** {@code change} is a merge patch of everything but the identity of the object. False where it is gone. */
    boolean merge(HasMetadata object, Map<String, Object> change, boolean status) {
        Map<String, Object> whole = new HashMap<>(change);
        Map<String, Object> metadata = new HashMap<>(asMap(change.get("metadata")));
        metadata.put("uid", object.getMetadata().getUid());
        whole.put("metadata", metadata);
        String patch = client.getKubernetesSerialization().asJson(whole);
        return present(() -> {
            if (status) {
                client.resource(object).subresource("status").patch(MERGE, patch);
            } else {
                client.resource(object).patch(MERGE, patch);
            }
            return true;
        });
    }

    /** Takes the gate away, writes what is to be known, and changes what a gated pod may change, in one step. */
    boolean ungate(
            Pod pod, Map<String, String> labels, Map<String, String> annotations, UnaryOperator<PodSpec> change) {
        return present(() -> {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .edit(found -> {
                        if (!found.getMetadata()
                                .getUid()
                                .equals(pod.getMetadata().getUid())) {
                            return found;
                        }
                        found.getMetadata().getLabels().putAll(labels);
                        found.getMetadata().getAnnotations().putAll(annotations);
                        found.setSpec(change.apply(found.getSpec()));
                        found.getSpec().getSchedulingGates().removeIf(gate -> Marks.GATE.equals(gate.getName()));
                        return found;
                    });
            return true;
        });
    }

    /** Deletes exactly this object. */
    void delete(HasMetadata object) {
        present(() -> {
            client.resource(object)
                    .withPropagationPolicy(io.fabric8.kubernetes.api.model.DeletionPropagation.BACKGROUND)
                    .delete();
            return true;
        });
    }

    /** The PodGroup of a gang, made now or before. It goes with its owner, where it has one. */
    PodGroup group(Gang gang, String namespace, String name, @Nullable HasMetadata owner) {
        Map<String, Integer> tasks = gang.members().stream()
                .collect(Collectors.toMap(member -> member.role().value(), Gang.Member::pods));
        ObjectMetaBuilder metadata = new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of(
                        Marks.QUEUE,
                        gang.queue().value(),
                        Marks.ATTEMPT,
                        gang.id().toString()))
                .withAnnotations(Map.of(
                        Notes.MADE, "true", Notes.PLACEMENT, Placement.of(gang).text()));
        if (owner != null) {
            metadata.withOwnerReferences(new OwnerReferenceBuilder()
                    .withApiVersion(owner.getApiVersion())
                    .withKind(owner.getKind())
                    .withName(owner.getMetadata().getName())
                    .withUid(owner.getMetadata().getUid())
                    .build());
        }
        PodGroup wanted = new PodGroupBuilder()
                .withMetadata(metadata.build())
                .withNewSpec()
                .withQueue(gang.queue().value())
                .withPriorityClassName(gang.priorityClass().value())
                .withMinMember(gang.pods())
                .withMinTaskMember(tasks)
                .endSpec()
                .build();
        try {
            return client.resource(wanted).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw failed(wanted, e);
            }
            return ask(wanted, () -> client.resource(wanted).get());
        }
    }

    <T> T ask(HasMetadata what, Supplier<@Nullable T> question) {
        try {
            T found = question.get();
            if (found == null) {
                throw new ClusterUnavailable("%s comes and goes".formatted(shown(what)), null);
            }
            return found;
        } catch (KubernetesClientException e) {
            throw failed(what, e);
        }
    }

    private static boolean present(Supplier<Boolean> write) {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            if (e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != CONFLICT && e.getCode() != 429) {
                throw new IllegalArgumentException("Kubernetes refuses it: " + e.getMessage(), e);
            }
            throw new ClusterUnavailable("The cluster did not take a change: " + e.getMessage(), e);
        }
    }

    private static RuntimeException failed(HasMetadata what, KubernetesClientException e) {
        return e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429
                ? new IllegalArgumentException("Kubernetes refuses %s: %s".formatted(shown(what), e.getMessage()), e)
                : new ClusterUnavailable("%s could not be written: %s".formatted(shown(what), e.getMessage()), e);
    }

    private static String shown(HasMetadata object) {
        return "%s %s in namespace %s"
                .formatted(
                        object.getKind(),
                        object.getMetadata().getName(),
                        object.getMetadata().getNamespace());
    }

    @SuppressWarnings("unchecked") // what is nested in a patch is always such a map
    private static Map<String, Object> asMap(@Nullable Object nested) {
        return nested == null ? Map.of() : (Map<String, Object>) nested;
    }
}
