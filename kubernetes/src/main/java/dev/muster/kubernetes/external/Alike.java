package dev.muster.kubernetes.external;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.PodTemplate;
import dev.muster.quota.name.Names;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pods of a gang that have the same role and ask the same. A role whose pods ask differently becomes several, so that each pod is
 * charged what it asks.
 */
record Alike(RoleName named, int number, PodTemplate template, List<Pod> pods) {
    static List<Alike> of(List<Pod> pods, ExternalRef ref) {
        Map<RoleName, Map<PodTemplate, List<Pod>>> roles = new LinkedHashMap<>();
        for (Pod pod : pods) {
            roles.computeIfAbsent(PodGangs.role(pod), name -> new LinkedHashMap<>())
                    .computeIfAbsent(Templates.of(pod.getSpec(), ref), template -> new ArrayList<>())
                    .add(pod);
        }
        List<Alike> all = new ArrayList<>();
        roles.forEach((name, templates) -> {
            int number = 1;
            for (Map.Entry<PodTemplate, List<Pod>> one : templates.entrySet()) {
                all.add(new Alike(name, number++, one.getKey(), List.copyOf(one.getValue())));
            }
        });
        return all;
    }

    ExternalWork.Role role() {
        return new ExternalWork.Role(name(named, number), pods.size(), template);
    }

    boolean asksLike(PodTemplate other) {
        return template.resources().equals(other.resources())
                && template.affinity().equals(other.affinity())
                && template.tolerations().equals(other.tolerations());
    }

    /** The numbers of a role may have changed since, as pods came and went. */
    boolean isOf(RoleName role) {
        return role.equals(named) || role.value().startsWith(prefix(named));
    }

    private static RoleName name(RoleName named, int number) {
        return number == 1 ? named : new RoleName(prefix(named) + number);
    }

    private static String prefix(RoleName named) {
        String head = named.value();
        return (head.length() > Names.LONGEST - 7 ? head.substring(0, Names.LONGEST - 7) : head) + "-";
    }
}
