package dev.muster.kubernetes.onboarding;

import dev.muster.kubernetes.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import org.jspecify.annotations.Nullable;

/** The objects of a team's place as they should be. */
record SiteObjects(TeamSite site) {
    /** An annotation: {@link #MADE} on what was not there before, {@link #ADOPTED} on what was. Only the former is ever deleted. */
    static final String ORIGIN = "muster.dev/origin";

    static final String MADE = "made";
    static final String ADOPTED = "adopted";

    /** The Role and its binding. */
    static final String ROLE = "muster-driver";

    Namespace namespace(String origin) {
        return new NamespaceBuilder()
                .withMetadata(marks(site.namespace(), null, origin))
                .build();
    }

    ServiceAccount serviceAccount(String origin) {
        return new ServiceAccountBuilder()
                .withMetadata(marks(site.serviceAccount(), site.namespace(), origin))
                .withImagePullSecrets(site.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .build();
    }

    Role role() {
        return new RoleBuilder()
                .withMetadata(marks(ROLE, site.namespace(), MADE))
                .withRules(Rights.ofDriver())
                .build();
    }

    RoleBinding binding() {
        return new RoleBindingBuilder()
                .withMetadata(marks(ROLE, site.namespace(), MADE))
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", ROLE)
                .addNewSubject(null, "ServiceAccount", site.serviceAccount(), site.namespace())
                .build();
    }

    /** The marks alone, for what keeps its own content. */
    Role markedRole() {
        return new RoleBuilder()
                .withMetadata(marks(ROLE, site.namespace(), ADOPTED))
                .build();
    }

    private ObjectMeta marks(String name, @Nullable String namespace, String origin) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels(Labels.INSTALLATION, site.installation())
                .addToLabels(Labels.TEAM, site.team().value())
                .addToAnnotations(ORIGIN, origin)
                .build();
    }

    boolean isOurs(HasMetadata live) {
        return site.installation().equals(label(live, Labels.INSTALLATION))
                && site.team().value().equals(label(live, Labels.TEAM));
    }

    /** Whose it is, where it is somebody else's. */
    @Nullable
    String stranger(HasMetadata live) {
        String installation = label(live, Labels.INSTALLATION);
        String team = label(live, Labels.TEAM);
        if (installation != null && !installation.equals(site.installation())) {
            return "it belongs to the installation " + installation;
        }
        return team != null && !team.equals(site.team().value()) ? "it belongs to the team " + team : null;
    }

    static String origin(HasMetadata live) {
        return live.getMetadata().getAnnotations() == null
                ? ADOPTED
                : live.getMetadata().getAnnotations().getOrDefault(ORIGIN, ADOPTED);
    }

    static String shown(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static @Nullable String label(HasMetadata live, String key) {
        return live.getMetadata().getLabels() == null
                ? null
                : live.getMetadata().getLabels().get(key);
    }
}
