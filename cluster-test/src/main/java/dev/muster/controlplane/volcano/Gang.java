package dev.muster.controlplane.volcano;

import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupSpec;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroupStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** A PodGroup with its pods during one session: what Volcano's gang plugin asks of it. */
final class Gang {
    private static final String PENDING = "Pending";
    private static final String INQUEUE = "Inqueue";

    private final PodGroup group;
    private final List<Task> tasks;
    private final Map<String, TaskStatus> statuses = new HashMap<>();
    private String phase;

    Gang(PodGroup group, List<Task> tasks) {
        this.group = group;
        this.phase = phaseSeen(group);
        this.tasks = tasks.stream().sorted(Task.ORDER).toList();
        tasks.forEach(task -> statuses.put(task.uid(), task.status()));
    }

    /** Higher priority first, then those that are not running yet, then the older. */
    static Comparator<Gang> order() {
        return Comparator.comparingInt((Gang gang) -> -gang.priority())
                .thenComparing(Gang::isReady)
                .thenComparing(gang -> gang.group.getMetadata().getCreationTimestamp())
                .thenComparing(Gang::key);
    }

    PodGroup group() {
        return group;
    }

    String key() {
        return group.getMetadata().getNamespace() + "/" + group.getMetadata().getName();
    }

    List<Task> tasks() {
        return tasks;
    }

    TaskStatus status(Task task) {
        return statuses.get(task.uid());
    }

    void become(Task task, TaskStatus status) {
        statuses.put(task.uid(), status);
    }

    String queue() {
        String queue = spec().getQueue();
        return queue == null || queue.isEmpty() ? VolcanoQueues.DEFAULT : queue;
    }

    boolean isEnqueued() {
        return !phase.equals(PENDING);
    }

    /** Lets it in: from now on its pods may be placed. */
    void enqueue() {
        phase = phase.equals(PENDING) ? INQUEUE : phase;
    }

    int minMember() {
        return Objects.requireNonNullElse(spec().getMinMember(), 0);
    }

    /** The pods that wait for a node, in the order in which they are looked at. */
    List<Task> pending() {
        return tasks.stream()
                .filter(task -> status(task) == TaskStatus.PENDING && !task.isGated())
                .toList();
    }

    /** Enough pods are there, of every role. */
    boolean isValid() {
        return rolesHave(status -> status.isReady() || status == TaskStatus.PENDING)
                && count(status -> status.isReady() || status == TaskStatus.PENDING) >= minMember();
    }

    /** Enough pods have a node; those that ask for nothing count already. */
    boolean hasMinimum() {
        long nothing = tasks.stream()
                .filter(task -> status(task) == TaskStatus.PENDING && task.asksNothing())
                .count();
        return count(TaskStatus::isReady) + nothing >= minMember();
    }

    boolean isReady() {
        return hasMinimum() && rolesHave(TaskStatus::isReady);
    }

    /** False where a pod that found no node means that the gang cannot have its minimum. */
    boolean mayStillStart(Set<String> failedRoles) {
        if (minMember() >= tasks.size()) {
            return false;
        }
        if (!looksAtRoles()) {
            long left = pending().stream()
                    .filter(task -> !failedRoles.contains(task.role()))
                    .count();
            return count(TaskStatus::isReady) + left >= minMember();
        }
        Map<String, Integer> wanted = roles();
        return failedRoles.stream()
                .allMatch(role -> countOf(role, TaskStatus::isReady) >= wanted.getOrDefault(role, 0));
    }

    int count(Predicate<TaskStatus> which) {
        return (int) tasks.stream().filter(task -> which.test(status(task))).count();
    }

    /** The phase at the end of a session. */
    String phase(boolean unschedulable) {
        if (unschedulable && count(status -> status == TaskStatus.RUNNING) > 0) {
            return "Unknown";
        }
        int completed = count(TaskStatus::isCompleted);
        int scheduled = (int) tasks.stream()
                .filter(task -> status(task).isScheduled()
                        || (status(task) == TaskStatus.RELEASING
                                && task.pod().getSpec().getNodeName() != null))
                .count();
        if (scheduled >= minMember()) {
            return scheduled == completed ? "Completed" : "Running";
        }
        return phase.equals(INQUEUE) ? INQUEUE : PENDING;
    }

    /** A gang that only loses pods that have a node is not told that it is unschedulable. */
    boolean onlyLosesPods() {
        int leaving = (int) tasks.stream()
                .filter(task -> status(task) == TaskStatus.RELEASING
                        && task.pod().getSpec().getNodeName() != null)
                .count();
        return leaving > 0
                && count(status -> status == TaskStatus.PENDING) == 0
                && count(TaskStatus::isScheduled) + leaving >= minMember();
    }

    private boolean rolesHave(Predicate<TaskStatus> which) {
        return roles().entrySet().stream().allMatch(role -> countOf(role.getKey(), which) >= role.getValue());
    }

    private long countOf(String role, Predicate<TaskStatus> which) {
        return tasks.stream()
                .filter(task -> task.role().equals(role) && which.test(status(task)))
                .count();
    }

    /** Volcano does not look at roles where they need more than the whole. */
    private boolean looksAtRoles() {
        Map<String, Integer> wanted = Objects.requireNonNullElse(spec().getMinTaskMember(), Map.of());
        return minMember()
                >= wanted.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The minimum of each role that counts. */
    private Map<String, Integer> roles() {
        Map<String, Integer> wanted = spec().getMinTaskMember();
        return wanted == null || !looksAtRoles() ? Map.of() : wanted;
    }

    private static String phaseSeen(PodGroup group) {
        PodGroupStatus status = group.getStatus();
        return status == null || status.getPhase() == null || status.getPhase().isEmpty() ? PENDING : status.getPhase();
    }

    private int priority() {
        return tasks.isEmpty() ? 0 : tasks.get(0).priority();
    }

    private PodGroupSpec spec() {
        return group.getSpec() == null ? new PodGroupSpec() : group.getSpec();
    }
}
