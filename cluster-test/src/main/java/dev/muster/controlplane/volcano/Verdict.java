package dev.muster.controlplane.volcano;

/** Why a pod has no node yet: the reason and message of its condition PodScheduled. */
record Verdict(String reason, String message) {
    static final String UNSCHEDULABLE = "Unschedulable";
    static final String SCHEDULABLE = "Schedulable";

    static Verdict schedulable(Task task, String node) {
        return new Verdict(
                SCHEDULABLE,
                "Pod %s/%s can possibly be assigned to %s, once minAvailable is satisfied"
                        .formatted(task.namespace(), task.name(), node));
    }

    static Verdict unschedulable(String message) {
        return new Verdict(UNSCHEDULABLE, message);
    }
}
