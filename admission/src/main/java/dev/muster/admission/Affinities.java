package dev.muster.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.quota.node.NodeAffinity;
import java.util.List;

/**
 * A team's node affinity, added to a pod's own: both must hold. A pod whose every term already asks for what one of the team's
 * terms asks is left as it is, so that it may be looked at again.
 */
final class Affinities {
    /** The terms of team and pod are multiplied with each other; more than this is a mistake. */
    private static final int MOST_TERMS = 256;

    private Affinities() {}

    static void add(Draft draft, ObjectNode spec, NodeAffinity affinity) {
        if (!affinity.required().isEmpty()) {
            require(draft, spec, affinity.required());
        }
        if (!affinity.preferred().isEmpty()) {
            prefer(spec, affinity.preferred());
        }
    }

    private static void require(Draft draft, ObjectNode spec, List<NodeAffinity.Term> required) {
        ObjectNode holder = Draft.at(
                Draft.at(Draft.at(spec, "affinity"), "nodeAffinity"), "requiredDuringSchedulingIgnoredDuringExecution");
        ArrayNode own = list(holder, "nodeSelectorTerms");
        List<ArrayNode> teams = required.stream().map(Affinities::expressions).toList();
        if (own.isEmpty()) {
            teams.forEach(expressions -> own.addObject().set("matchExpressions", expressions));
            return;
        }
        if (holds(own, teams)) {
            return;
        }
        if (own.size() * teams.size() > MOST_TERMS) {
            draft.wrong(
                    "has %d terms of required node affinity, %d together with its team's: expected at most %d"
                            .formatted(own.size(), own.size() * teams.size(), MOST_TERMS),
                    "Ask with fewer terms");
            return;
        }
        ArrayNode product = JsonNodeFactory.instance.arrayNode();
        for (JsonNode term : own) {
            for (ArrayNode expressions : teams) {
                JsonNode both = both(term, expressions);
                if (!contains(product, both)) {
                    product.add(both);
                }
            }
        }
        holder.set("nodeSelectorTerms", product);
    }

    private static boolean holds(ArrayNode own, List<ArrayNode> teams) {
        for (JsonNode term : own) {
            if (!matchesNothing(term)
                    && teams.stream().noneMatch(team -> contains(term.path("matchExpressions"), team))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode both(JsonNode term, ArrayNode expressions) {
        if (matchesNothing(term)) {
            return term;
        }
        ObjectNode both = term.deepCopy();
        ArrayNode all = list(both, "matchExpressions");
        for (JsonNode expression : expressions) {
            if (!contains(all, expression)) {
                all.add(expression.deepCopy());
            }
        }
        return both;
    }

    /** As in Kubernetes: a term that asks for nothing. */
    private static boolean matchesNothing(JsonNode term) {
        return term.path("matchExpressions").isEmpty()
                && term.path("matchFields").isEmpty();
    }

    private static void prefer(ObjectNode spec, List<NodeAffinity.Preferred> preferred) {
        ArrayNode all = list(
                Draft.at(Draft.at(spec, "affinity"), "nodeAffinity"),
                "preferredDuringSchedulingIgnoredDuringExecution");
        for (NodeAffinity.Preferred one : preferred) {
            ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("weight", one.weight());
            wanted.putObject("preference").set("matchExpressions", expressions(one.term()));
            if (!contains(all, wanted)) {
                all.add(wanted);
            }
        }
    }

    private static ArrayNode list(ObjectNode parent, String field) {
        return parent.get(field) instanceof ArrayNode found ? found : parent.putArray(field);
    }

    private static boolean contains(JsonNode all, ArrayNode wanted) {
        for (JsonNode one : wanted) {
            if (!contains(all, one)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(JsonNode all, JsonNode wanted) {
        for (JsonNode one : all) {
            if (one.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode expressions(NodeAffinity.Term term) {
        ArrayNode expressions = JsonNodeFactory.instance.arrayNode();
        for (NodeAffinity.Expression expression : term.expressions()) {
            ObjectNode json =
                    expressions.addObject().put("key", expression.key()).put("operator", word(expression.operator()));
            if (!expression.values().isEmpty()) {
                ArrayNode values = json.putArray("values");
                expression.values().forEach(values::add);
            }
        }
        return expressions;
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
