package dev.muster.simulation.placement;

import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of one pool a demand may go to. Where nodes of a pool differ in nothing but their name, and the affinity does not
 * look at the name, the answer for one node is the answer for all with the same taints.
 */
final class Admission {
    private static final String HOSTNAME = "kubernetes.io/hostname";

    private final Demand demand;
    private final boolean nodeByNode;
    private @Nullable List<Taint> knownTaints;
    private boolean known;
    private int knownPreference;

    Admission(Demand demand, boolean mixed) {
        this.demand = demand;
        this.nodeByNode = mixed || looksAtNames(demand.affinity());
    }

    boolean admits(Node node) {
        if (nodeByNode) {
            return node.admits(demand.affinity(), demand.tolerations());
        }
        learn(node);
        return known;
    }

    /** How many pods of the demand have room on the machine; 0 where they may not go there. */
    long fit(Machine machine, Ask ask) {
        long most = machine.fit(ask);
        return most > 0 && admits(machine.node()) ? most : 0;
    }

    int preference(Node node) {
        if (nodeByNode) {
            return demand.affinity().preference(node.labels());
        }
        learn(node);
        return knownPreference;
    }

    private void learn(Node node) {
        if (node.taints() != knownTaints && !node.taints().equals(knownTaints)) {
            knownTaints = node.taints();
            known = node.admits(demand.affinity(), demand.tolerations());
            knownPreference = demand.affinity().preference(node.labels());
        }
    }

    private static boolean looksAtNames(NodeAffinity affinity) {
        return Stream.concat(
                        affinity.required().stream(),
                        affinity.preferred().stream().map(NodeAffinity.Preferred::term))
                .flatMap(term -> term.expressions().stream())
                .anyMatch(expression -> expression.key().equals(HOSTNAME));
    }
}
