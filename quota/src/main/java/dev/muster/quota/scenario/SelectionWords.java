package dev.muster.quota.scenario;

import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.NodeAffinity.Expression;
import dev.muster.quota.node.NodeAffinity.Term;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes a role wants, in a scenario's words. */
final class SelectionWords {
    private static final Map<String, String> SHORT =
            Map.of("topology.kubernetes.io/zone", "zone", "muster.dev/pool", "pool");
    private static final Set<String> TAKEN = Set.of("zone", "pool", "labels");

    private SelectionWords() {}

    static Map<String, Object> of(NodeAffinity affinity) {
        Map<String, Object> words = new LinkedHashMap<>();
        List<Term> required = affinity.required();
        if (required.size() == 1 && !required.get(0).expressions().isEmpty()) {
            words.put("where", term(required.get(0)));
        } else if (!required.isEmpty()) {
            words.put("where", required.stream().map(SelectionWords::term).toList());
        }
        if (!affinity.preferred().isEmpty()) {
            words.put(
                    "prefer",
                    affinity.preferred().stream()
                            .map(each -> Map.of("weight", each.weight(), "where", term(each.term())))
                            .map(SelectionWords::weightFirst)
                            .toList());
        }
        return words;
    }

    private static Map<String, Object> weightFirst(Map<String, Object> unordered) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("weight", unordered.get("weight"));
        ordered.put("where", unordered.get("where"));
        return ordered;
    }

    private static Map<String, Object> term(Term term) {
        Map<String, List<Expression>> byKey = new LinkedHashMap<>();
        term.expressions().forEach(each -> byKey.computeIfAbsent(each.key(), key -> new ArrayList<>())
                .add(each));
        Map<String, Object> words = new LinkedHashMap<>();
        Map<String, Object> literal = new LinkedHashMap<>();
        byKey.forEach((key, expressions) -> {
            if (SHORT.containsKey(key)) {
                words.put(SHORT.get(key), comparisons(expressions));
            } else {
                (TAKEN.contains(key) ? literal : words).put(key, comparisons(expressions));
            }
        });
        if (!literal.isEmpty()) {
            words.put("labels", literal);
        }
        return words;
    }

    private static Object comparisons(List<Expression> expressions) {
        Expression first = expressions.get(0);
        if (expressions.size() > 1) {
            return expressions.stream().map(SelectionWords::comparison).toList();
        }
        if (first.operator() == NodeAffinity.Operator.IN) {
            return first.values().size() == 1 ? first.values().get(0) : first.values();
        }
        return comparison(first);
    }

    private static Map<String, Object> comparison(Expression expression) {
        return switch (expression.operator()) {
            case IN -> Map.of("in", expression.values());
            case NOT_IN -> Map.of("not", expression.values());
            case EXISTS -> Map.of("exists", true);
            case DOES_NOT_EXIST -> Map.of("exists", false);
            case GT -> Map.of("above", expression.values().get(0));
            case LT -> Map.of("below", expression.values().get(0));
        };
    }

    static String taint(Taint taint) {
        return taint.key() + (taint.value().isEmpty() ? "" : "=" + taint.value()) + ":" + word(taint.effect());
    }

    static String toleration(Toleration toleration) {
        String key = toleration.key() == null ? "*" : toleration.key();
        String value = toleration.value() == null ? "" : toleration.value();
        return key
                + (toleration.operator() == Toleration.Operator.EQUAL ? "=" + value : "")
                + (toleration.effect() == null ? "" : ":" + word(toleration.effect()));
    }

    private static String word(TaintEffect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }
}
