package dev.muster.controlplane.volcano;

import io.fabric8.kubernetes.api.model.Pod;

/** Where a pod is, in Volcano's words. */
enum TaskStatus {
    PENDING,
    /** Sent to its node; the API server has not said so yet. */
    BINDING,
    BOUND,
    RUNNING,
    RELEASING,
    SUCCEEDED,
    FAILED,
    UNKNOWN;

    static TaskStatus of(Pod pod) {
        boolean leaves = pod.getMetadata().getDeletionTimestamp() != null;
        String phase = pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
        return switch (phase) {
            case "Running" -> leaves ? RELEASING : RUNNING;
            case "Pending" -> leaves ? RELEASING : pod.getSpec().getNodeName() == null ? PENDING : BOUND;
            case "Succeeded" -> SUCCEEDED;
            case "Failed" -> FAILED;
            default -> UNKNOWN;
        };
    }

    boolean isAllocated() {
        return this == BINDING || this == BOUND || this == RUNNING;
    }

    /** Counts towards the gang's minimum. */
    boolean isReady() {
        return isAllocated() || this == SUCCEEDED;
    }

    /** Counts for the phase of the group. */
    boolean isScheduled() {
        return this == BOUND || this == RUNNING || this == SUCCEEDED || this == FAILED;
    }

    boolean isCompleted() {
        return this == SUCCEEDED || this == FAILED;
    }

    /** As Volcano writes it into messages. */
    String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
