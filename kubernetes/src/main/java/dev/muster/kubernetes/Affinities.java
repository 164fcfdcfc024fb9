package dev.muster.kubernetes;

import dev.muster.quota.fit.Collocation;
import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTermBuilder;
import java.util.List;
import java.util.Map;

/** Node affinity and tolerations in Kubernetes' words. */
public final class Affinities {
    private static final String HOST = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private Affinities() {}

    /** With a wish how the pods that carry these labels lie to one another; Volcano and the cluster's own scheduler score by it. */
    static Affinity of(NodeAffinity affinity, Collocation wish, Map<String, String> gang) {
        AffinityBuilder builder = new AffinityBuilder(of(affinity));
        return switch (wish) {
            case NONE -> builder.build();
            case PACK ->
                builder.withNewPodAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(
                                near(HOST, 100, gang), near(ZONE, 50, gang))
                        .endPodAffinity()
                        .build();
            case SPREAD ->
                builder.withNewPodAntiAffinity()
                        .withPreferredDuringSchedulingIgnoredDuringExecution(near(HOST, 100, gang))
                        .endPodAntiAffinity()
                        .build();
        };
    }

    private static WeightedPodAffinityTerm near(String topology, int weight, Map<String, String> labels) {
        return new WeightedPodAffinityTermBuilder()
                .withWeight(weight)
                .withNewPodAffinityTerm()
                .withTopologyKey(topology)
                .withNewLabelSelector()
                .withMatchLabels(labels)
                .endLabelSelector()
                .endPodAffinityTerm()
                .build();
    }

    static Affinity of(NodeAffinity affinity) {
        AffinityBuilder builder = new AffinityBuilder();
        if (!affinity.required().isEmpty()) {
            builder.editOrNewNodeAffinity()
                    .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withNodeSelectorTerms(terms(affinity))
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endNodeAffinity();
        }
        if (!affinity.preferred().isEmpty()) {
            List<PreferredSchedulingTerm> preferred = affinity.preferred().stream()
                    .map(wish -> new PreferredSchedulingTerm(term(wish.term()), wish.weight()))
                    .toList();
            builder.editOrNewNodeAffinity()
                    .withPreferredDuringSchedulingIgnoredDuringExecution(preferred)
                    .endNodeAffinity();
        }
        return builder.build();
    }

    /** One of them must hold; none: nothing is asked. */
    public static List<NodeSelectorTerm> terms(NodeAffinity affinity) {
        return affinity.required().stream().map(Affinities::term).toList();
    }

    static Toleration of(dev.muster.quota.node.Toleration toleration) {
        boolean exists = toleration.operator() == dev.muster.quota.node.Toleration.Operator.EXISTS;
        return new TolerationBuilder()
                .withKey(toleration.key())
                .withOperator(exists ? "Exists" : "Equal")
                .withValue(exists ? null : toleration.value())
                .withEffect(toleration.effect() == null ? null : Taints.word(toleration.effect()))
                .build();
    }

    private static NodeSelectorTerm term(NodeAffinity.Term term) {
        return new NodeSelectorTermBuilder()
                .withMatchExpressions(term.expressions().stream()
                        .map(e -> new NodeSelectorRequirement(e.key(), word(e.operator()), e.values()))
                        .toList())
                .build();
    }

    private static String word(NodeAffinity.Operator operator) {
        return switch (operator) {
            case IN -> "In";
            case NOT_IN -> "NotIn";
            case EXISTS -> "Exists";
            case DOES_NOT_EXIST -> "DoesNotExist";
            case GT -> "Gt";
            case LT -> "Lt";
        };
    }
}
