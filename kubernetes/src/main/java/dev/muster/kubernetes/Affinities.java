package dev.muster.kubernetes;

import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;

/** Node affinity and tolerations in Kubernetes' words. */
public final class Affinities {
    private Affinities() {}

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
