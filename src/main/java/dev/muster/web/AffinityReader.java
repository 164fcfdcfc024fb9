package dev.muster.web;

import dev.muster.api.NodeAffinitySpec;
import dev.muster.api.RoleSpec;
import dev.muster.api.TaintSpec;
import dev.muster.api.TolerationSpec;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import dev.muster.quota.offering.KeptOffSpot;
import dev.muster.quota.offering.SpotFirst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Node affinity, tolerations and taints, in Kubernetes' words. */
final class AffinityReader {
    private static final Map<String, NodeAffinity.Operator> OPERATORS = Map.of(
            "In", NodeAffinity.Operator.IN,
            "NotIn", NodeAffinity.Operator.NOT_IN,
            "Exists", NodeAffinity.Operator.EXISTS,
            "DoesNotExist", NodeAffinity.Operator.DOES_NOT_EXIST,
            "Gt", NodeAffinity.Operator.GT,
            "Lt", NodeAffinity.Operator.LT);
    private static final Map<String, TaintEffect> EFFECTS = Map.of(
            "NoSchedule", TaintEffect.NO_SCHEDULE,
            "PreferNoSchedule", TaintEffect.PREFER_NO_SCHEDULE,
            "NoExecute", TaintEffect.NO_EXECUTE);
    private static final Map<String, Toleration.Operator> TOLERATES =
            Map.of("Equal", Toleration.Operator.EQUAL, "Exists", Toleration.Operator.EXISTS);

    private AffinityReader() {}

    /** Of a role, or what a team adds to one: {@code spot} is {@code never}, {@code first}, or not said. */
    static NodeAffinity affinity(Place place, @Nullable NodeAffinitySpec sent, @Nullable String spot) {
        NodeAffinity affinity = affinity(place.at("nodeAffinity"), sent);
        if (spot == null) {
            return affinity;
        }
        if (spot.equals(RoleSpec.NEVER)) {
            return affinity.and(KeptOffSpot.AFFINITY);
        }
        if (spot.equals(RoleSpec.FIRST)) {
            return affinity.and(SpotFirst.AFFINITY);
        }
        place.at("spot")
                .bad(
                        spot,
                        "never (on no node that its provider may take back), first (on others only where the policy lets it), or nothing");
        return affinity;
    }

    private static NodeAffinity affinity(Place place, @Nullable NodeAffinitySpec sent) {
        if (sent == null) {
            return NodeAffinity.ANY;
        }
        List<NodeAffinity.Term> required = new ArrayList<>();
        Place requiredAt = place.at("required");
        List<NodeAffinitySpec.Term> terms = requiredAt.bounded(sent.required(), Limits.AFFINITY_TERMS);
        for (int i = 0; i < terms.size(); i++) {
            required.add(term(requiredAt.at(i), terms.get(i)));
        }
        List<NodeAffinity.Preferred> preferred = new ArrayList<>();
        Place preferredAt = place.at("preferred");
        List<NodeAffinitySpec.Preferred> wishes = preferredAt.bounded(sent.preferred(), Limits.AFFINITY_TERMS);
        for (int i = 0; i < wishes.size(); i++) {
            NodeAffinitySpec.Preferred wish = wishes.get(i);
            Place at = preferredAt.at(i);
            if (wish.preference() == null) {
                at.at("preference").required("matchExpressions");
            } else if (at.at("weight").between(wish.weight(), 1, 100)) {
                preferred.add(new NodeAffinity.Preferred(wish.weight(), term(at.at("preference"), wish.preference())));
            }
        }
        return new NodeAffinity(required, preferred);
    }

    static List<Toleration> tolerations(Place place, @Nullable List<TolerationSpec> sent) {
        List<Toleration> tolerations = new ArrayList<>();
        List<TolerationSpec> list = place.bounded(sent, Limits.TOLERATIONS);
        for (int i = 0; i < list.size(); i++) {
            TolerationSpec one = list.get(i);
            Place at = place.at(i);
            Toleration.Operator operator = one.operator() == null
                    ? Toleration.Operator.EQUAL
                    : word(at.at("operator"), one.operator(), TOLERATES);
            TaintEffect effect = one.effect() == null ? null : word(at.at("effect"), one.effect(), EFFECTS);
            if (one.key() != null) {
                KubernetesWords.requireQualifiedName(at.at("key"), one.key());
            } else if (operator == Toleration.Operator.EQUAL) {
                at.at("key").required("a key, or operator Exists to tolerate every taint");
            }
            if (one.value() != null && !KubernetesWords.isLabelValue(one.value())) {
                at.at("value").bad(one.value(), "a label value");
            }
            if (operator == Toleration.Operator.EXISTS
                    && one.value() != null
                    && !one.value().isEmpty()) {
                at.at("value").fault(Fault.Kind.CONTRADICTION, "operator Exists takes no value");
            }
            if (operator != null) {
                tolerations.add(new Toleration(one.key(), operator, one.value(), effect));
            }
        }
        return tolerations;
    }

    static List<Taint> taints(Place place, @Nullable List<TaintSpec> sent) {
        List<Taint> taints = new ArrayList<>();
        List<TaintSpec> list = place.bounded(sent, Limits.TAINTS);
        for (int i = 0; i < list.size(); i++) {
            TaintSpec one = list.get(i);
            Place at = place.at(i);
            if (one.key() == null) {
                at.at("key").required("the taint's key");
                continue;
            }
            KubernetesWords.requireQualifiedName(at.at("key"), one.key());
            if (one.value() != null && !KubernetesWords.isLabelValue(one.value())) {
                at.at("value").bad(one.value(), "a label value");
            }
            TaintEffect effect = word(at.at("effect"), one.effect(), EFFECTS);
            if (effect != null) {
                taints.add(new Taint(one.key(), one.value() == null ? "" : one.value(), effect));
            }
        }
        return taints;
    }

    private static NodeAffinity.Term term(Place place, NodeAffinitySpec.@Nullable Term sent) {
        List<NodeAffinity.Expression> expressions = new ArrayList<>();
        Place at = place.at("matchExpressions");
        List<NodeAffinitySpec.Expression> list =
                at.bounded(sent == null ? null : sent.matchExpressions(), Limits.AFFINITY_EXPRESSIONS);
        if (sent == null
                || sent.matchExpressions() == null
                || sent.matchExpressions().isEmpty()) {
            at.required("at least one expression; a term without any matches no node");
        }
        for (int i = 0; i < list.size(); i++) {
            NodeAffinity.Expression expression = expression(at.at(i), list.get(i));
            if (expression != null) {
                expressions.add(expression);
            }
        }
        return new NodeAffinity.Term(expressions);
    }

    private static NodeAffinity.@Nullable Expression expression(Place at, NodeAffinitySpec.Expression sent) {
        if (sent.key() == null) {
            at.at("key").required("the label's key");
            return null;
        }
        KubernetesWords.requireQualifiedName(at.at("key"), sent.key());
        NodeAffinity.Operator operator = word(at.at("operator"), sent.operator(), OPERATORS);
        List<String> values = at.at("values").bounded(sent.values(), Limits.AFFINITY_VALUES);
        if (operator == null) {
            return null;
        }
        for (String value : values) {
            if (!KubernetesWords.isLabelValue(value)
                    && operator != NodeAffinity.Operator.GT
                    && operator != NodeAffinity.Operator.LT) {
                at.at("values").bad(value, "label values");
                return null;
            }
        }
        try {
            return new NodeAffinity.Expression(sent.key(), operator, values);
        } catch (IllegalArgumentException e) {
            at.at("values")
                    .bad(
                            values,
                            "In and NotIn: one or more values; Exists and DoesNotExist: none; Gt and Lt: one whole number");
            return null;
        }
    }

    private static <T> @Nullable T word(Place place, @Nullable String sent, Map<String, T> known) {
        T word = sent == null ? null : known.get(sent);
        if (sent == null) {
            place.required("one of " + known.keySet().stream().sorted().toList());
        } else if (word == null) {
            place.fault(
                    Fault.Kind.BAD_VALUE,
                    "'%s': expected one of %s"
                            .formatted(
                                    MusterException.shown(sent),
                                    known.keySet().stream().sorted().toList()),
                    MusterException.didYouMean(sent, known.keySet()));
        }
        return word;
    }
}
