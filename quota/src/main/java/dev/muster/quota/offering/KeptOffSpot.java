package dev.muster.quota.offering;

import dev.muster.quota.node.NodeAffinity;
import java.util.List;

/** Nodes that their provider may take back are not for pods with this affinity; it asks for no label, it refuses some. */
public final class KeptOffSpot {
    private static final List<NodeAffinity.Expression> REFUSED = OfferingLabels.spot();

    public static final NodeAffinity AFFINITY = new NodeAffinity(List.of(new NodeAffinity.Term(REFUSED)), List.of());

    private KeptOffSpot() {}

    /** Whoever has this affinity is kept off. */
    public static boolean is(NodeAffinity affinity) {
        return !affinity.required().isEmpty()
                && affinity.required().stream()
                        .allMatch(term -> term.expressions().containsAll(REFUSED));
    }

    /** What else it asks. */
    public static NodeAffinity without(NodeAffinity affinity) {
        if (!is(affinity)) {
            return affinity;
        }
        List<NodeAffinity.Term> others = affinity.required().stream()
                .map(term -> new NodeAffinity.Term(term.expressions().stream()
                        .filter(expression -> !REFUSED.contains(expression))
                        .toList()))
                .toList();
        // A term that asks nothing else holds on every node that is left; in Kubernetes an empty one holds on none.
        boolean nothingElse =
                others.stream().anyMatch(term -> term.expressions().isEmpty());
        return new NodeAffinity(nothingElse ? List.of() : others, affinity.preferred());
    }
}
