package dev.muster.kubernetes.mirror;

import dev.muster.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One kind of object {@code K} that is kept as Muster's {@code T} are. */
abstract class Mirror<T, K extends HasMetadata> {
    /** Who writes our fields, for server-side apply. */
    private static final String FIELD_OWNER = "muster";

    private final KubernetesClient client;
    private final String installation;
    private Map<String, T> kept = new HashMap<>();

    Mirror(KubernetesClient client, String installation) {
        this.client = client;
        this.installation = installation;
    }

    abstract Class<K> kind();

    abstract String name(T wanted);

    /** The object with the fields that are ours, and only those. */
    abstract K object(T wanted, Map<String, String> labels);

    /** Our fields are as they should be. */
    abstract boolean isLike(K wanted, K there);

    /** Kubernetes lets nobody change its fields: it is removed and made again. */
    abstract boolean isFixed();

    final void keep(List<T> all, List<Finding> found) {
        Map<String, K> there = new HashMap<>();
        client.resources(kind())
                .list()
                .getItems()
                .forEach(object -> there.put(object.getMetadata().getName(), object));
        Map<String, T> wanted = new HashMap<>();
        all.forEach(one -> wanted.put(name(one), one));
        wanted.forEach((name, one) -> keep(name, one, there.get(name), found));
        there.forEach((name, object) -> {
            if (isOurs(object) && !wanted.containsKey(name)) {
                remove(object, found);
            }
        });
        kept = wanted;
    }

    private void keep(String name, T one, K there, List<Finding> found) {
        K object = object(one, Map.of(Labels.INSTALLATION, installation));
        boolean alike = there != null && isLike(object, there);
        if (there != null && !isOurs(there)) {
            if (!alike) {
                found.add(finding(
                        object,
                        Finding.What.FOREIGN,
                        "it is not ours and differs from ours; gangs meet it as it is. Remove it, or give it the label %s: %s"
                                .formatted(Labels.INSTALLATION, installation)));
            }
            return;
        }
        if (alike) {
            return;
        }
        boolean asBefore = Objects.equals(one, kept.get(name));
        if (write(object, there, found) && asBefore) {
            found.add(finding(
                    object,
                    Finding.What.MENDED,
                    there == null ? "somebody had removed it" : "somebody had changed it"));
        }
    }

    private boolean write(K object, K there, List<Finding> found) {
        try {
            if (there != null && isFixed()) {
                client.resource(there)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete();
            }
            client.resource(object).fieldManager(FIELD_OWNER).forceConflicts().serverSideApply();
            return true;
        } catch (KubernetesClientException e) {
            return refused(object, e, found);
        }
    }

    private void remove(K there, List<Finding> found) {
        try {
            client.resource(there)
                    .lockResourceVersion(there.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            refused(there, e, found);
        }
    }

    /** What the API server says of the object is told; where it says nothing the caller tries again. */
    private boolean refused(K object, KubernetesClientException e, List<Finding> found) {
        if (e.getCode() < 400 || e.getCode() >= 500) {
            throw e;
        }
        String said = e.getStatus() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
        found.add(finding(object, Finding.What.REFUSED, said));
        return false;
    }

    private boolean isOurs(K object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && installation.equals(labels.get(Labels.INSTALLATION));
    }

    private static Finding finding(HasMetadata object, Finding.What what, String message) {
        return new Finding(object.getKind(), object.getMetadata().getName(), what, message);
    }
}
