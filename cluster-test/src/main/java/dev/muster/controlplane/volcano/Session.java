package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One round of Volcano's scheduler: which pods go where, gang by gang, all of a gang's minimum or none. */
final class Session {
    private final Landscape landscape;
    private final VolcanoQueues queues;
    private final Map<Task, NodeName> bindings = new LinkedHashMap<>();

    Session(Landscape landscape, VolcanoQueues queues) {
        this.landscape = landscape;
        this.queues = queues;
    }

    /** The pods to bind, with their nodes; their seats are taken. */
    Map<Task, NodeName> bindings() {
        return bindings;
    }

    /**
     * Lets the gang in where its queue is open, and looks for nodes for its waiting pods: first for its minimum, then one by one
     * for the others. A group that sets no {@code minResources} is always let in.
     *
     * @return why the pods that stay without a node do, by pod id
     */
    Map<String, Verdict> place(Gang gang) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        boolean open = queues.isOpen(gang.queue());
        if (open) {
            gang.enqueue();
        }
        if (!open || !gang.isEnqueued() || !gang.isValid()) {
            return verdicts;
        }
        List<Task> waiting = new ArrayList<>(gang.pending());
        Set<String> failedRoles = new HashSet<>();
        boolean more = true;
        while (more && !waiting.isEmpty()) {
            more = take(gang, waiting, failedRoles, verdicts);
        }
        return verdicts;
    }

    /** One turn of a gang; true where it got what it lacked of its minimum (or one more pod) and others wait. */
    private boolean take(Gang gang, List<Task> waiting, Set<String> failedRoles, Map<String, Verdict> verdicts) {
        Map<Task, NodeName> taken = new LinkedHashMap<>();
        boolean goOn = true;
        while (goOn && !waiting.isEmpty()) {
            Task task = waiting.remove(0);
            if (!queues.hasRoom(gang.queue(), task)) {
                continue;
            }
            if (failedRoles.contains(task.role())) {
                verdicts.put(
                        task.uid(),
                        Verdict.unschedulable("Task %s with role spec %s has already predicated failed, skip"
                                .formatted(task.name(), task.role())));
                continue;
            }
            Optional<NodeName> node = landscape.bestFor(task.demand());
            if (node.isEmpty()) {
                verdicts.put(task.uid(), Verdict.unschedulable(landscape.refusal(task.demand())));
                if (!task.role().isEmpty()) {
                    failedRoles.add(task.role());
                }
                goOn = gang.mayStillStart(failedRoles);
                continue;
            }
            landscape.take(task.uid(), node.get(), task.demand());
            queues.take(gang.queue(), task);
            gang.become(task, TaskStatus.BINDING);
            taken.put(task, node.get());
            goOn = !gang.isReady();
        }
        if (gang.isReady()) {
            bindings.putAll(taken);
            return !taken.isEmpty();
        }
        taken.forEach((task, node) -> {
            landscape.giveBack(task.uid());
            queues.giveBack(gang.queue(), task);
            gang.become(task, TaskStatus.PENDING);
            verdicts.put(task.uid(), Verdict.schedulable(task, node.value()));
        });
        return false;
    }
}
