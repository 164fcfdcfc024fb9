package dev.muster.kubernetes.external;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.PodTemplate;
import dev.muster.kubernetes.PodRequests;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the planner has to know of somebody else's pod: what it asks, and which nodes it allows. Nothing else is kept. */
final class Templates {
    private Templates() {}

    static PodTemplate of(PodSpec spec, ExternalRef ref) {
        return new PodTemplate(
                null,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                PodRequests.of(spec),
                affinity(spec),
                tolerations(spec),
                Map.of(),
                ref.annotations());
    }

    /** The node selector holds as well. */
    private static NodeAffinity affinity(PodSpec spec) {
        NodeAffinity affinity = NodeAffinity.ANY;
        if (spec.getNodeSelector() != null && !spec.getNodeSelector().isEmpty()) {
            List<NodeAffinity.Expression> all = spec.getNodeSelector().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(e -> new NodeAffinity.Expression(e.getKey(), NodeAffinity.Operator.IN, List.of(e.getValue())))
                    .toList();
            affinity = new NodeAffinity(List.of(new NodeAffinity.Term(all)), List.of());
        }
        var nodes = spec.getAffinity() == null ? null : spec.getAffinity().getNodeAffinity();
        if (nodes == null) {
            return affinity;
        }
        var required = nodes.getRequiredDuringSchedulingIgnoredDuringExecution();
        List<NodeAffinity.Term> terms = required == null
                ? List.of()
                : required.getNodeSelectorTerms().stream().map(Templates::term).toList();
        List<NodeAffinity.Preferred> preferred = Stream.ofNullable(
                        nodes.getPreferredDuringSchedulingIgnoredDuringExecution())
                .flatMap(List::stream)
                .map(Templates::preferred)
                .toList();
        return affinity.and(new NodeAffinity(terms, preferred));
    }

    private static NodeAffinity.Preferred preferred(PreferredSchedulingTerm wish) {
        return new NodeAffinity.Preferred(wish.getWeight(), term(wish.getPreference()));
    }

    private static NodeAffinity.Term term(@Nullable NodeSelectorTerm term) {
        List<NodeAffinity.Expression> all = new ArrayList<>();
        if (term != null && term.getMatchExpressions() != null) {
            term.getMatchExpressions().forEach(one -> expression(one).ifPresent(all::add));
        }
        return new NodeAffinity.Term(all);
    }

    private static Optional<NodeAffinity.Expression> expression(NodeSelectorRequirement one) {
        NodeAffinity.Operator operator =
                switch (String.valueOf(one.getOperator())) {
                    case "In" -> NodeAffinity.Operator.IN;
                    case "NotIn" -> NodeAffinity.Operator.NOT_IN;
                    case "Exists" -> NodeAffinity.Operator.EXISTS;
                    case "DoesNotExist" -> NodeAffinity.Operator.DOES_NOT_EXIST;
                    case "Gt" -> NodeAffinity.Operator.GT;
                    case "Lt" -> NodeAffinity.Operator.LT;
                    default -> null;
                };
        try {
            return operator == null
                    ? Optional.empty()
                    : Optional.of(new NodeAffinity.Expression(
                            one.getKey(), operator, one.getValues() == null ? List.of() : one.getValues()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Toleration> tolerations(PodSpec spec) {
        return Stream.ofNullable(spec.getTolerations())
                .flatMap(List::stream)
                .map(one -> new Toleration(
                        one.getKey(),
                        "Exists".equals(one.getOperator()) ? Toleration.Operator.EXISTS : Toleration.Operator.EQUAL,
                        one.getValue(),
                        effect(one.getEffect())))
                .toList();
    }

    private static @Nullable TaintEffect effect(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "NoSchedule" -> TaintEffect.NO_SCHEDULE;
            case "PreferNoSchedule" -> TaintEffect.PREFER_NO_SCHEDULE;
            case "NoExecute" -> TaintEffect.NO_EXECUTE;
            default -> null;
        };
    }
}
