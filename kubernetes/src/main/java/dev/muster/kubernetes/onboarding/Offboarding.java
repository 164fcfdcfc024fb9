package dev.muster.kubernetes.onboarding;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a team's place away: only what Muster made, only as it was listed, and never under pods or volumes. */
public final class Offboarding {
    private final KubernetesClient client;

    public Offboarding(KubernetesClient client) {
        this.client = client;
    }

    /** What would go; changes nothing. */
    public Farewell list(TeamSite site) {
        return farewell(site, ours(site));
    }

    /**
     * Does what was listed, where the list is still the same.
     *
     * @throws IllegalArgumentException where {@code confirmation} is not that of the list as it is now
     */
    public Farewell remove(TeamSite site, String confirmation) {
        List<HasMetadata> ours = ours(site);
        Farewell farewell = farewell(site, ours);
        if (!farewell.confirmation().equals(confirmation)) {
            throw new IllegalArgumentException(
                    "Bad confirmation '%s' for team %s: the list has changed or was never looked at; look at it again and give its confirmation"
                            .formatted(
                                    confirmation.length() > 40 ? confirmation.substring(0, 40) + "…" : confirmation,
                                    site.team()));
        }
        for (HasMetadata object : ours) {
            if (farewell.deleted().contains(SiteObjects.shown(object))) {
                // By this version: an object that somebody changed since the list was made is left alone.
                client.resource(object)
                        .lockResourceVersion(object.getMetadata().getResourceVersion())
                        .delete();
            } else if (farewell.released().contains(SiteObjects.shown(object))) {
                release(object);
            }
        }
        return farewell;
    }

    private void release(HasMetadata object) {
        String marks = "{\"metadata\":{\"labels\":{\"%s\":null,\"%s\":null},\"annotations\":{\"%s\":null}}}"
                .formatted(
                        dev.muster.kubernetes.Labels.INSTALLATION,
                        dev.muster.kubernetes.Labels.TEAM,
                        SiteObjects.ORIGIN);
        client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), marks);
    }

    /** Innermost first. */
    private List<HasMetadata> ours(TeamSite site) {
        SiteObjects objects = new SiteObjects(site);
        String namespace = site.namespace();
        return Stream.<@Nullable HasMetadata>of(
                        client.rbac()
                                .roleBindings()
                                .inNamespace(namespace)
                                .withName(SiteObjects.ROLE)
                                .get(),
                        client.rbac()
                                .roles()
                                .inNamespace(namespace)
                                .withName(SiteObjects.ROLE)
                                .get(),
                        client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName(site.serviceAccount())
                                .get(),
                        client.namespaces().withName(namespace).get())
                .filter(Objects::nonNull)
                .filter(objects::isOurs)
                .toList();
    }

    private Farewell farewell(TeamSite site, List<HasMetadata> ours) {
        List<String> deleted = new ArrayList<>();
        List<String> released = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        for (HasMetadata object : ours) {
            String shown = SiteObjects.shown(object);
            String inside = object.getKind().equals("Namespace") ? inside(site.namespace()) : "";
            if (!SiteObjects.origin(object).equals(SiteObjects.MADE)) {
                released.add(shown);
            } else if (!inside.isEmpty()) {
                kept.add("%s: it holds %s; delete that first".formatted(shown, inside));
            } else {
                deleted.add(shown);
            }
            seen.append(shown)
                    .append(' ')
                    .append(object.getMetadata().getUid())
                    .append(' ')
                    .append(inside)
                    .append('\n');
        }
        return new Farewell(deleted, released, kept, digest(seen.toString()));
    }

    /** What would be lost with a namespace and can be missed; empty where nothing is in it. */
    private String inside(String namespace) {
        int pods = client.pods().inNamespace(namespace).list().getItems().size();
        int volumes = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
        List<String> all = new ArrayList<>();
        if (pods > 0) {
            all.add(pods + (pods == 1 ? " pod" : " pods"));
        }
        if (volumes > 0) {
            all.add(volumes + (volumes == 1 ? " volume claim" : " volume claims"));
        }
        return String.join(" and ", all);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
