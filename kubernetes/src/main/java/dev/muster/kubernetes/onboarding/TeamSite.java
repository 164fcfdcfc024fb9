package dev.muster.kubernetes.onboarding;

import dev.muster.kubernetes.TeamPlace;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.TeamName;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a team is to have in the cluster. {@code pullSecrets} are names: the service account refers to them, and their content is
 * never read.
 */
public record TeamSite(
        TeamName team, String installation, String namespace, String serviceAccount, SortedSet<String> pullSecrets) {
    /** The service account of a team that names none. */
    public static final String DRIVER = TeamPlace.DRIVER;

    /** Namespaces that are never a team's. */
    static final List<String> SYSTEM =
            List.of("default", "kube-system", "kube-public", "kube-node-lease", "volcano-system");

    /** @throws IllegalArgumentException where a name is none of Kubernetes, or the namespace can be no team's */
    public TeamSite {
        label("namespace", namespace);
        label("installation", installation);
        if (!Names.isLabel(serviceAccount)) {
            throw new IllegalArgumentException("Bad service account '%s' of team %s: expected a name such as %s"
                    .formatted(serviceAccount, team, DRIVER));
        }
        if (SYSTEM.contains(namespace) || namespace.startsWith("kube-")) {
            throw new IllegalArgumentException(
                    "Bad namespace '%s' of team %s: it is the system's own; give the team one of its own"
                            .formatted(namespace, team));
        }
        pullSecrets = Collections.unmodifiableSortedSet(new TreeSet<>(pullSecrets));
    }

    private static void label(String what, String text) {
        if (!Names.isLabel(text)) {
            throw new IllegalArgumentException(
                    "Bad %s '%s': expected 1 to 63 characters of a-z, 0-9 and '-'".formatted(what, text));
        }
    }
}
