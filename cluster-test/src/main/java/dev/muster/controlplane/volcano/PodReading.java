package dev.muster.controlplane.volcano;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.NodeAffinity.Expression;
import dev.muster.quota.node.NodeAffinity.Operator;
import dev.muster.quota.node.NodeAffinity.Preferred;
import dev.muster.quota.node.NodeAffinity.Term;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.placement.Demand;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a pod asks of a node, in the words of the placement. */
final class PodReading {
    /** The placement's pools are of equal nodes; here all nodes are one, and mixed. */
    static final PoolName ALL = new PoolName("all");

    private static final RoleName ANY_ROLE = new RoleName("pod");

    private PodReading() {}

    static Demand demand(Pod pod) {
        return new Demand(ANY_ROLE, ALL, 1, requests(pod), affinity(pod), tolerations(pod));
    }

    /** Sum of the containers, at least each init container, and the overhead. */
    static Resources requests(Pod pod) {
        Map<String, Long> sum = new TreeMap<>();
        pod.getSpec().getContainers().forEach(container -> add(sum, container));
        for (Container first : pod.getSpec().getInitContainers()) {
            if ("Always".equals(first.getRestartPolicy())) {
                add(sum, first);
            } else {
                amounts(first).forEach((name, amount) -> sum.merge(name, amount, Math::max));
            }
        }
        if (pod.getSpec().getOverhead() != null) {
            NodeReading.amounts(pod.getSpec().getOverhead())
                    .forEach((name, amount) -> sum.merge(name, amount, Long::sum));
        }
        return Resources.of(sum);
    }

    private static void add(Map<String, Long> sum, Container container) {
        amounts(container).forEach((name, amount) -> sum.merge(name, amount, Resources::add));
    }

    private static Map<String, Long> amounts(Container container) {
        if (container.getResources() == null || container.getResources().getRequests() == null) {
            return Map.of();
        }
        return NodeReading.amounts(container.getResources().getRequests());
    }

    private static NodeAffinity affinity(Pod pod) {
        List<Expression> selected = new ArrayList<>();
        if (pod.getSpec().getNodeSelector() != null) {
            pod.getSpec()
                    .getNodeSelector()
                    .forEach((key, value) -> selected.add(new Expression(key, Operator.IN, List.of(value))));
        }
        NodeAffinity selector =
                selected.isEmpty() ? NodeAffinity.ANY : new NodeAffinity(List.of(new Term(selected)), List.of());
        var affinity = Optional.ofNullable(pod.getSpec().getAffinity())
                .map(a -> a.getNodeAffinity())
                .orElse(null);
        if (affinity == null) {
            return selector;
        }
        List<Term> required = affinity.getRequiredDuringSchedulingIgnoredDuringExecution() == null
                ? List.of()
                : affinity.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTerms().stream()
                        .map(PodReading::term)
                        .toList();
        List<Preferred> preferred = affinity.getPreferredDuringSchedulingIgnoredDuringExecution().stream()
                .map(each -> new Preferred(each.getWeight(), term(each.getPreference())))
                .toList();
        return selector.and(new NodeAffinity(required, preferred));
    }

    private static Term term(NodeSelectorTerm term) {
        return new Term(Stream.concat(
                        term.getMatchExpressions().stream().map(PodReading::expression),
                        term.getMatchFields().stream().map(PodReading::field))
                .toList());
    }

    /** The one field that Kubernetes knows is the node's name, which is its host's name here. */
    private static Expression field(NodeSelectorRequirement field) {
        return new Expression("kubernetes.io/hostname", operator(field.getOperator()), field.getValues());
    }

    private static Expression expression(NodeSelectorRequirement requirement) {
        return new Expression(requirement.getKey(), operator(requirement.getOperator()), requirement.getValues());
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            case "Gt" -> Operator.GT;
            case "Lt" -> Operator.LT;
            default -> throw new IllegalArgumentException("Unknown operator of a node selector: " + name);
        };
    }

    private static List<Toleration> tolerations(Pod pod) {
        return pod.getSpec().getTolerations().stream()
                .map(each -> new Toleration(
                        each.getKey() == null || each.getKey().isEmpty() ? null : each.getKey(),
                        "Exists".equals(each.getOperator()) ? Toleration.Operator.EXISTS : Toleration.Operator.EQUAL,
                        each.getValue(),
                        each.getEffect() == null || each.getEffect().isEmpty() ? null : effect(each.getEffect())))
                .toList();
    }

    static TaintEffect effect(String name) {
        return switch (name) {
            case "NoSchedule" -> TaintEffect.NO_SCHEDULE;
            case "PreferNoSchedule" -> TaintEffect.PREFER_NO_SCHEDULE;
            case "NoExecute" -> TaintEffect.NO_EXECUTE;
            default -> throw new IllegalArgumentException("Unknown effect of a taint: " + name);
        };
    }

    static long amount(String name, io.fabric8.kubernetes.api.model.Quantity quantity) {
        return Quantity.parse(name, quantity.toString());
    }
}
