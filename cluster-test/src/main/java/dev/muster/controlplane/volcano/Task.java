package dev.muster.controlplane.volcano;

import dev.muster.simulation.placement.Demand;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pod of a group, as one session sees it; the same as another of the same pod. */
record Task(Pod pod, TaskStatus status, Demand demand) {
    static final String ROLE = "volcano.sh/task-spec";
    /** Volcano's order: the pod's priority, the number at the end of its name, its age, its id. */
    static final Comparator<Task> ORDER = Comparator.comparingInt((Task task) -> -task.priority())
            .thenComparingInt(Task::number)
            .thenComparing(task -> task.pod.getMetadata().getCreationTimestamp())
            .thenComparing(Task::uid);

    static Task of(Pod pod) {
        return new Task(pod, TaskStatus.of(pod), PodReading.demand(pod));
    }

    /** Sent to its node, and not seen there yet. */
    Task binding() {
        return status == TaskStatus.PENDING ? new Task(pod, TaskStatus.BINDING, demand) : this;
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    String name() {
        return pod.getMetadata().getName();
    }

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    String role() {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault(ROLE, "");
    }

    int priority() {
        return pod.getSpec().getPriority() == null ? 0 : pod.getSpec().getPriority();
    }

    /** Volcano takes the last of three or more parts of a name for a number. A pod without one comes first here. */
    private int number() {
        String[] parts = name().split("-", -1);
        String last = parts[parts.length - 1];
        return parts.length >= 3 && last.matches("\\d{1,9}") ? Integer.parseInt(last) : -1;
    }

    boolean isGated() {
        return !pod.getSpec().getSchedulingGates().isEmpty();
    }

    boolean asksNothing() {
        return demand.resources().isZero();
    }

    /** The reason of the pod's condition PodScheduled; empty where there is none. */
    String reasonSeen() {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("PodScheduled"))
                .map(condition -> Objects.requireNonNullElse(condition.getReason(), ""))
                .findFirst()
                .orElse("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Task task && task.uid().equals(uid());
    }

    @Override
    public int hashCode() {
        return uid().hashCode();
    }
}
