package dev.muster.kubernetes.external;

import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;

/** What Volcano says of a gang that waits. */
final class Groups {
    private Groups() {}

    static String message(Seen seen, String namespace, String name) {
        return seen.group(namespace, name).map(Groups::message).orElse("");
    }

    private static String message(PodGroup group) {
        if (group.getStatus() == null || group.getStatus().getConditions() == null) {
            return "";
        }
        return group.getStatus().getConditions().stream()
                .filter(condition -> "Unschedulable".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> String.valueOf(condition.getMessage()))
                .reduce((earlier, later) -> later)
                .orElse("");
    }
}
