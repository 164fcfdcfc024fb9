package dev.muster.kubernetes;

import dev.muster.cluster.ClusterUnavailable;
import dev.muster.quota.name.QueueName;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the API server that may be repeated: what exists already and is ours counts as made, what is gone as removed. What
 * another try may mend is a {@link ClusterUnavailable}, what it may not an {@link IllegalArgumentException} that says why.
 */
final class Requests {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final String installation;
    private final Semaphore connections;

    /** At most so many {@code connections} are used at once, whoever writes. */
    Requests(KubernetesClient client, String installation, int connections) {
        this.client = client;
        this.installation = installation;
        this.connections = new Semaphore(connections, true);
    }

    /** Returns the object as the API server has it, made now or before. */
    <T extends HasMetadata> T create(T wanted) {
        KubernetesClientException last = null;
        for (int round = 0; round < 2; round++) {
            try {
                return within(() -> client.resource(wanted).create());
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT) {
                    throw refused(wanted, e);
                }
                last = e;
            }
            T there = ask(wanted, () -> client.resource(wanted).get());
            if (there != null) {
                return ours(wanted, there);
            }
        }
        throw new ClusterUnavailable(
                "%s comes and goes: %s"
                        .formatted(named(wanted), Objects.requireNonNull(last).getMessage()),
                last);
    }

    /**
     * Removes the object where it still is the one with that uid; false where it was gone before. {@code grace} in seconds, null:
     * its own.
     */
    boolean delete(String path, String uid, @Nullable Long grace) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions(null, uid)
                .withGracePeriodSeconds(grace)
                .withPropagationPolicy("Background")
                .build();
        try {
            return within(() -> client.raw(path, "DELETE", options)) != null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || (e.getCode() == CONFLICT && !isThere(path, uid))) {
                return false;
            }
            throw unavailable("%s could not be removed".formatted(path), e);
        }
    }

    /** Puts a PodGroup into another queue, where it still is the one with that uid; one that is gone needs none. */
    void moveGroup(GroupFacts group, QueueName queue) {
        String patch = Serialization.asJson(
                Map.of("metadata", Map.of("uid", group.uid()), "spec", Map.of("queue", queue.value())));
        try {
            within(() -> client.resources(PodGroup.class)
                    .inNamespace(group.namespace())
                    .withName(group.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && (e.getCode() != CONFLICT || isThere(group.path(), group.uid()))) {
                throw unavailable("%s could not be moved to queue %s".formatted(group.path(), queue), e);
            }
        }
    }

    /** A conflict says that another object has taken the name, which is as good as gone, or that somebody wrote at the same time. */
    private boolean isThere(String path, String uid) {
        try {
            String there = client.raw(path);
            return there != null
                    && uid.equals(Serialization.unmarshal(there, GenericKubernetesResource.class)
                            .getMetadata()
                            .getUid());
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw unavailable("%s could not be read".formatted(path), e);
        }
    }

    private <T extends @Nullable Object> T within(Supplier<T> request) {
        connections.acquireUninterruptibly();
        try {
            return request.get();
        } finally {
            connections.release();
        }
    }

    <T extends @Nullable Object> T ask(HasMetadata what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw unavailable("%s could not be read".formatted(named(what)), e);
        }
    }

    static ClusterUnavailable unavailable(String what, KubernetesClientException e) {
        return new ClusterUnavailable("%s: %s".formatted(what, said(e)), e);
    }

    private <T extends HasMetadata> T ours(T wanted, T there) {
        String owner = label(there, Labels.INSTALLATION);
        String attempt = label(there, Labels.ATTEMPT);
        if (!installation.equals(owner) || !Objects.equals(attempt, label(wanted, Labels.ATTEMPT))) {
            throw new IllegalArgumentException(
                    "%s exists and is not ours (installation %s, attempt %s): remove it, or give one of the two installations another id"
                            .formatted(named(wanted), owner, attempt));
        }
        return there;
    }

    private static @Nullable String label(HasMetadata object, String key) {
        return object.getMetadata().getLabels() == null
                ? null
                : object.getMetadata().getLabels().get(key);
    }

    /** 4xx but for haste and time are about the object, or about what we may do where it should live. */
    private static RuntimeException refused(HasMetadata wanted, KubernetesClientException e) {
        boolean lasting = e.getCode() >= 400
                && e.getCode() < 500
                && e.getCode() != 401
                && e.getCode() != 408
                && e.getCode() != 429;
        return lasting
                ? new IllegalArgumentException("Kubernetes refuses %s: %s".formatted(named(wanted), said(e)), e)
                : unavailable("%s could not be made".formatted(named(wanted)), e);
    }

    private static String said(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        return e.getCause() != null && e.getCause().getMessage() != null
                ? e.getCause().getMessage()
                : String.valueOf(e.getMessage());
    }

    private static String named(HasMetadata object) {
        return "%s %s in namespace %s"
                .formatted(
                        object.getKind(),
                        object.getMetadata().getName(),
                        object.getMetadata().getNamespace());
    }
}
