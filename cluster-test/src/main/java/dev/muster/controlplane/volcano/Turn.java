package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** A gang in one session: the pods that were not looked at yet, and what became of the others. */
final class Turn {
    private final Gang gang;
    private final Queue<Task> waiting;
    private final Set<String> failedRoles = new HashSet<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

    Turn(Gang gang) {
        this.gang = gang;
        this.waiting = new ArrayDeque<>(gang.pending());
    }

    Gang gang() {
        return gang;
    }

    boolean goesOn() {
        return !waiting.isEmpty();
    }

    Task next() {
        return waiting.remove();
    }

    /** Where one pod of a role found no node, no other of it is looked at. */
    boolean hasFailed(String role) {
        return failedRoles.contains(role);
    }

    void skip(Task task) {
        verdicts.put(
                task.uid(),
                Verdict.unschedulable("Task %s with role spec %s has already predicated failed, skip"
                        .formatted(task.name(), task.role())));
    }

    /** There is no node for it; false where the gang cannot have its minimum then. */
    boolean fail(Task task, String refusal) {
        verdicts.put(task.uid(), Verdict.unschedulable(refusal));
        if (!task.role().isEmpty()) {
            failedRoles.add(task.role());
        }
        return gang.mayStillStart(failedRoles);
    }

    void couldHave(Task task, NodeName node) {
        verdicts.put(task.uid(), Verdict.schedulable(task, node.value()));
    }

    /** Why pods stay without a node, by pod id. */
    Map<String, Verdict> verdicts() {
        return verdicts;
    }
}
