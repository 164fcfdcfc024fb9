package dev.muster.kubernetes.onboarding;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** What a service account that is already there may do by bindings of others. */
record Bindings(KubernetesClient client) {
    /** Why the account must not be a team's: rights in the whole cluster, or rights to give rights. */
    List<String> tooMany(TeamSite site) {
        List<String> why = new ArrayList<>();
        client.rbac().clusterRoleBindings().list().getItems().stream()
                .filter(binding -> isFor(binding.getSubjects(), site, ""))
                .forEach(binding -> why.add(
                        "ClusterRoleBinding/%s gives it %s in the whole cluster: take it out of that binding, or name another account"
                                .formatted(
                                        binding.getMetadata().getName(),
                                        binding.getRoleRef().getName())));
        client.rbac().roleBindings().inNamespace(site.namespace()).list().getItems().stream()
                .filter(binding -> isFor(binding.getSubjects(), site, site.namespace()))
                .forEach(binding -> Rights.tooMany(rules(binding, site.namespace()))
                        .forEach(reason -> why.add("RoleBinding/%s gives it %s"
                                .formatted(binding.getMetadata().getName(), reason))));
        return why;
    }

    private List<PolicyRule> rules(RoleBinding binding, String namespace) {
        RoleRef to = binding.getRoleRef();
        if (to.getKind().equals("ClusterRole")) {
            ClusterRole role =
                    client.rbac().clusterRoles().withName(to.getName()).get();
            return role == null || role.getRules() == null ? List.of() : role.getRules();
        }
        Role role = client.rbac()
                .roles()
                .inNamespace(namespace)
                .withName(to.getName())
                .get();
        return role == null || role.getRules() == null ? List.of() : role.getRules();
    }

    /** By its own name; not by the groups of all service accounts, which no team can leave. */
    private static boolean isFor(List<Subject> subjects, TeamSite site, String usual) {
        return subjects.stream()
                .anyMatch(subject -> subject.getKind().equals("ServiceAccount")
                        && subject.getName().equals(site.serviceAccount())
                        && (subject.getNamespace() == null ? usual : subject.getNamespace()).equals(site.namespace()));
    }
}
