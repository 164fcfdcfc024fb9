package dev.muster.admission;

import java.util.Set;

/**
 * Who is not anyone: Muster itself, and the controllers that make pods and PodGroups for objects that were looked at already.
 * Names are those of the reviews, such as {@code system:serviceaccount:kube-system:job-controller}.
 */
public record Callers(Set<String> muster, Set<String> controllers) {
    /** Kubernetes' own controllers, with and without a service account each, and Volcano's where its chart puts them. */
    public static final Set<String> CONTROLLERS = Set.of(
            "system:kube-controller-manager",
            "system:serviceaccount:kube-system:job-controller",
            "system:serviceaccount:kube-system:daemon-set-controller",
            "system:serviceaccount:volcano-system:volcano-controllers",
            "system:serviceaccount:volcano-system:volcano-scheduler");

    public Callers {
        muster = Set.copyOf(muster);
        controllers = Set.copyOf(controllers);
    }

    boolean isMuster(String user) {
        return muster.contains(user);
    }

    boolean isController(String user) {
        return controllers.contains(user);
    }
}
