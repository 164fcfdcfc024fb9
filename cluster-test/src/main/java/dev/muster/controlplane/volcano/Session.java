package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import dev.muster.simulation.placement.Demand;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** One round of Volcano's scheduler: which pods go where, gang by gang, all of a gang's minimum or none. */
final class Session {
    private static final Comparator<Turn> ORDER = Comparator.comparing(Turn::gang, Gang.order());

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
     * Lets the gangs in whose queue is there, and looks for nodes for their waiting pods, queue after queue. In a queue the first
     * gang gets its minimum whole, or nothing; then it queues again for one pod more, behind those that have not started. A group that
     * sets no {@code minResources} is always let in.
     *
     * @return by gang, why the pods that stay without a node do, by pod id
     */
    Map<Gang, Map<String, Verdict>> place(Collection<Gang> gangs) {
        Map<Gang, Map<String, Verdict>> verdicts = new LinkedHashMap<>();
        Map<String, PriorityQueue<Turn>> turns = new TreeMap<>(queues.order());
        for (Gang gang : gangs) {
            Turn turn = new Turn(gang);
            verdicts.put(gang, turn.verdicts());
            if (queues.has(gang.queue())) {
                gang.enqueue();
            }
            if (queues.isOpen(gang.queue()) && gang.isEnqueued() && gang.isValid()) {
                turns.computeIfAbsent(gang.queue(), name -> new PriorityQueue<>(ORDER))
                        .add(turn);
            }
        }
        turns.values().forEach(this::place);
        return verdicts;
    }

    private void place(PriorityQueue<Turn> turns) {
        while (!turns.isEmpty()) {
            Turn turn = turns.remove();
            if (take(turn) && turn.goesOn()) {
                turns.add(turn);
            }
        }
    }

    /** What a gang lacks of its minimum, or one pod more; false where it does not get its minimum. */
    private boolean take(Turn turn) {
        Gang gang = turn.gang();
        Map<Task, NodeName> taken = new LinkedHashMap<>();
        Alike alike = new Alike();
        boolean more = turn.goesOn();
        while (more && turn.goesOn()) {
            Task task = turn.next();
            if (!queues.hasRoom(gang.queue(), task)) {
                continue;
            }
            if (turn.hasFailed(task.role())) {
                turn.skip(task);
                continue;
            }
            Demand demand = alike.narrowed(task);
            Optional<NodeName> node = landscape.bestFor(demand);
            if (node.isEmpty()) {
                more = turn.fail(task, landscape.refusal(demand));
                continue;
            }
            landscape.take(task.uid(), node.get(), task.demand());
            queues.take(gang.queue(), task);
            gang.become(task, TaskStatus.BINDING);
            taken.put(task, node.get());
            more = !gang.isReady();
        }
        if (gang.isReady()) {
            bindings.putAll(taken);
            return true;
        }
        taken.forEach((task, node) -> {
            landscape.giveBack(task.uid());
            queues.giveBack(gang.queue(), task);
            gang.become(task, TaskStatus.PENDING);
            turn.couldHave(task, node);
        });
        return false;
    }
}
