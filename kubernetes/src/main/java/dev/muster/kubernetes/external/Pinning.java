package dev.muster.kubernetes.external;

import dev.muster.kubernetes.Affinities;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Holds pods that somebody else describes to the nodes of the pools in which they were promised room. */
final class Pinning {
    private final Function<PoolName, NodeAffinity> nodes;

    /** {@code nodes}: what holds for those of a pool. */
    Pinning(Function<PoolName, NodeAffinity> nodes) {
        this.nodes = nodes;
    }

    /** What a template asks that asked this and may run in any of the pools. */
    List<NodeSelectorTerm> template(List<NodeSelectorTerm> asked, Collection<PoolName> pools) {
        List<NodeSelectorTerm> allowed =
                pools.stream().distinct().flatMap(pool -> terms(pool).stream()).toList();
        return asked.isEmpty()
                ? allowed
                : asked.stream()
                        .flatMap(own -> allowed.stream().map(pool -> both(own, pool)))
                        .toList();
    }

    /**
     * The pod may run in those pools alone. Kubernetes lets a pod that waits ask more in each of its terms, and have no other number
     * of them: one with terms of its own stays as it is where the pools' nodes are told by more than one. So does one without a pool.
     */
    PodSpec pod(PodSpec spec, Collection<PoolName> pools) {
        List<NodeSelectorTerm> asked = asked(spec);
        List<NodeSelectorTerm> allowed = template(List.of(), pools);
        return !allowed.isEmpty() && asked.isEmpty() || allowed.size() == 1 ? with(spec, template(asked, pools)) : spec;
    }

    static List<NodeSelectorTerm> asked(PodSpec spec) {
        return Optional.ofNullable(spec.getAffinity())
                .map(affinity -> affinity.getNodeAffinity())
                .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
                .map(required -> required.getNodeSelectorTerms())
                .orElse(List.of());
    }

    /** The same with other terms, or without. */
    static PodSpec with(PodSpec spec, List<NodeSelectorTerm> terms) {
        return new PodSpecBuilder(spec)
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(terms.isEmpty() ? null : new NodeSelector(terms))
                .endNodeAffinity()
                .endAffinity()
                .build();
    }

    private List<NodeSelectorTerm> terms(PoolName pool) {
        return Affinities.terms(nodes.apply(pool));
    }

    private static NodeSelectorTerm both(NodeSelectorTerm own, NodeSelectorTerm pool) {
        return new NodeSelectorTermBuilder(own)
                .withMatchExpressions(Stream.of(own, pool)
                        .flatMap(term -> expressions(term).stream())
                        .distinct()
                        .toList())
                .build();
    }

    private static List<NodeSelectorRequirement> expressions(NodeSelectorTerm term) {
        return term.getMatchExpressions() == null ? List.of() : term.getMatchExpressions();
    }
}
