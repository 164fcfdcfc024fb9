package dev.muster.simulation.placement;

import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sentence that Volcano and the Kubernetes scheduler would write about a gang that does not fit. */
final class Refusal {
    private Refusal() {}

    static String message(Demand demand, Ask ask, int fits, int allPods, List<Machine> pool) {
        Map<String, Integer> histogram = new TreeMap<>();
        for (Machine machine : pool) {
            histogram.merge(reason(demand, ask, machine), 1, Integer::sum);
        }
        String reasons = histogram.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return "%d/%d tasks in gang unschedulable: role %s needs %d × (%s) in pool %s; fits %d. 0/%d nodes are available%s"
                .formatted(
                        demand.pods() - fits,
                        allPods,
                        demand.role(),
                        demand.pods(),
                        demand.resources(),
                        demand.pool(),
                        fits,
                        pool.size(),
                        reasons.isEmpty() ? "" : ": " + reasons);
    }

    /** Asked of the floor as the gang's own pods have filled it, so every node has a reason. */
    private static String reason(Demand demand, Ask ask, Machine machine) {
        Node node = machine.node();
        if (!node.ready()) {
            return "node(s) were not ready";
        }
        if (!demand.affinity().allows(node.labels())) {
            return "node(s) didn't match Pod's node affinity/selector";
        }
        for (Taint taint : node.taints()) {
            if (taint.effect() != TaintEffect.PREFER_NO_SCHEDULE
                    && demand.tolerations().stream().noneMatch(toleration -> toleration.tolerates(taint))) {
                return "node(s) had untolerated taint {%s: %s}".formatted(taint.key(), taint.value());
            }
        }
        for (int i = 0; i < ask.size(); i++) {
            int resource = ask.resource(i);
            if (ask.amount(i) > machine.capacity(resource) - machine.used(resource)) {
                return "Insufficient " + ask.name(i);
            }
        }
        return "Too many pods";
    }
}
