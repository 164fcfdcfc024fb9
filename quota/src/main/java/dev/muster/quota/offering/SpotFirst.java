package dev.muster.quota.offering;

import dev.muster.quota.node.NodeAffinity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pods with this affinity run on nodes that their provider may take back, by whatever label such a node says so; on others only
 * where a rule lets them, and then without it. Asking for one of the labels by hand is something else: that is never let go.
 */
public final class SpotFirst {
    private static final List<NodeAffinity.Expression> ASKED = OfferingLabels.isSpot();

    public static final NodeAffinity AFFINITY = new NodeAffinity(
            ASKED.stream().map(label -> new NodeAffinity.Term(List.of(label))).toList(), List.of());

    private SpotFirst() {}

    /** Whoever has this affinity wants spot nodes first. */
    public static boolean is(NodeAffinity affinity) {
        if (affinity.required().size() < ASKED.size()) {
            return false;
        }
        Set<NodeAffinity.Expression> found = new HashSet<>();
        for (NodeAffinity.Term term : affinity.required()) {
            List<NodeAffinity.Expression> here =
                    term.expressions().stream().filter(ASKED::contains).toList();
            if (here.isEmpty()) {
                return false;
            }
            found.addAll(here);
        }
        return found.size() == ASKED.size();
    }

    /** What else it asks. */
    public static NodeAffinity without(NodeAffinity affinity) {
        if (!is(affinity)) {
            return affinity;
        }
        // The word adds another label to each term: one that stands in all of them was asked by hand.
        List<NodeAffinity.Expression> added = ASKED.stream()
                .filter(label -> !affinity.required().stream()
                        .allMatch(term -> term.expressions().contains(label)))
                .toList();
        List<NodeAffinity.Term> others = affinity.required().stream()
                .map(term -> new NodeAffinity.Term(term.expressions().stream()
                        .filter(expression -> !added.contains(expression))
                        .toList()))
                .distinct()
                .toList();
        // As in KeptOffSpot: a term that asks nothing else holds on every node.
        boolean nothingElse =
                others.stream().anyMatch(term -> term.expressions().isEmpty());
        return new NodeAffinity(nothingElse ? List.of() : others, affinity.preferred());
    }
}
