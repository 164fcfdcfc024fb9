package dev.muster.cli.scenario;

import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.node.NodeAffinity.Expression;
import dev.muster.quota.node.NodeAffinity.Operator;
import dev.muster.quota.node.NodeAffinity.Preferred;
import dev.muster.quota.node.NodeAffinity.Term;
import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.node.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes a role wants, in few words: {@code where: {zone: a}}, {@code prefer: {disk: ssd}}, {@code tolerates: [spot]}. */
final class Selection {
    private static final Map<String, TaintEffect> EFFECTS = Map.of(
            "NoSchedule", TaintEffect.NO_SCHEDULE,
            "PreferNoSchedule", TaintEffect.PREFER_NO_SCHEDULE,
            "NoExecute", TaintEffect.NO_EXECUTE);
    private static final Map<String, String> SHORT = Map.of("zone", PoolPart.ZONE, "pool", PoolPart.POOL);
    private static final List<String> COMPARISONS = List.of("in", "not", "exists", "above", "below");

    private Selection() {}

    /** Labels that must all match, or a list of alternatives; preferred ones weigh 100 each unless they say otherwise. */
    static NodeAffinity affinity(@Nullable Part where, @Nullable Part prefer) {
        return new NodeAffinity(
                where == null ? List.of() : required(where), prefer == null ? List.of() : wanted(prefer));
    }

    private static List<Term> required(Part where) {
        if (where.isList()) {
            return where.items().stream()
                    .map(term -> new Term(expressions(term)))
                    .toList();
        }
        List<Expression> expressions = expressions(where);
        if (expressions.isEmpty()) {
            throw where.wrong("%s names no label".formatted(where.path()), "Expected such as '{zone: a}'.");
        }
        return List.of(new Term(expressions));
    }

    private static List<Preferred> wanted(Part prefer) {
        if (!prefer.isList()) {
            return expressions(prefer).stream()
                    .map(expression -> new Preferred(100, new Term(List.of(expression))))
                    .toList();
        }
        List<Preferred> wanted = new ArrayList<>();
        for (Part each : prefer.items()) {
            Map<String, Part> fields = each.fields("weight", "where");
            if (!fields.containsKey("where")) {
                throw each.wrong(
                        "%s has no 'where'".formatted(each.path()), "Expected '{weight: 50, where: {zone: a}}'.");
            }
            int weight = fields.containsKey("weight") ? fields.get("weight").whole(1, 100) : 100;
            wanted.add(new Preferred(weight, new Term(expressions(fields.get("where")))));
        }
        return wanted;
    }

    private static List<Expression> expressions(Part labels) {
        List<Expression> expressions = new ArrayList<>();
        labels.entries().forEach((label, value) -> {
            if (label.equals("labels")) {
                value.entries().forEach((key, part) -> expressions.addAll(comparisons(key, part)));
            } else {
                expressions.addAll(comparisons(SHORT.getOrDefault(label, label), value));
            }
        });
        return expressions;
    }

    private static List<Expression> comparisons(String key, Part value) {
        if (value.isMapping()) {
            List<Expression> all = new ArrayList<>();
            value.fields(COMPARISONS, name -> false).forEach((word, part) -> all.add(comparison(key, word, part)));
            if (all.isEmpty()) {
                throw value.wrong(
                        "%s compares nothing".formatted(value.path()),
                        "Expected one of " + String.join(", ", COMPARISONS));
            }
            return all;
        }
        if (value.isList() && !value.items().isEmpty() && value.items().get(0).isMapping()) {
            return value.items().stream()
                    .flatMap(each -> comparisons(key, each).stream())
                    .toList();
        }
        Expression oneOf = value.as(text -> new Expression(key, Operator.IN, value.texts()), "");
        return List.of(oneOf);
    }

    private static Expression comparison(String key, String word, Part part) {
        Operator operator =
                switch (word) {
                    case "in" -> Operator.IN;
                    case "not" -> Operator.NOT_IN;
                    case "above" -> Operator.GT;
                    case "below" -> Operator.LT;
                    default -> part.flag() ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
                };
        List<String> values = word.equals("exists") ? List.of() : part.texts();
        return part.as(text -> new Expression(key, operator, values), "");
    }

    /** {@code key=value:NoSchedule} or {@code key:NoSchedule}, as kubectl writes it. */
    static Taint taint(Part part) {
        return part.as(text -> {
            int colon = text.lastIndexOf(':');
            TaintEffect effect = colon < 1 ? null : EFFECTS.get(text.substring(colon + 1));
            if (effect == null) {
                throw new IllegalArgumentException(
                        "bad taint '%s': expected such as spot=true:NoSchedule".formatted(text));
            }
            String[] pair = text.substring(0, colon).split("=", 2);
            return new Taint(pair[0], pair.length == 2 ? pair[1] : "", effect);
        });
    }

    /** {@code key} (whatever its value), {@code key=value}, {@code *} for every taint; each with {@code :Effect} or for all. */
    static List<Toleration> tolerations(Part part) {
        List<Part> all = part.isList() ? part.items() : List.of(part);
        return all.stream().map(each -> each.as(Selection::toleration)).toList();
    }

    private static Toleration toleration(String text) {
        int colon = text.lastIndexOf(':');
        TaintEffect effect = colon < 0 ? null : EFFECTS.get(text.substring(colon + 1));
        if (text.isEmpty() || (colon >= 0 && effect == null)) {
            throw new IllegalArgumentException(
                    "bad toleration '%s': expected such as spot, spot=true or spot:NoSchedule".formatted(text));
        }
        String[] pair = (colon < 0 ? text : text.substring(0, colon)).split("=", 2);
        String key = pair[0].equals("*") ? null : pair[0];
        return pair.length == 2
                ? new Toleration(key, Toleration.Operator.EQUAL, pair[1], effect)
                : new Toleration(key, Toleration.Operator.EXISTS, null, effect);
    }
}
