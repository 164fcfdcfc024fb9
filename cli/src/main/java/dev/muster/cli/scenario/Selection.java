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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes a role wants, in few words: {@code where: {zone: a}}, {@code prefer: {disk: ssd}}, {@code tolerates: [spot]}. */
final class Selection {
    private static final Map<String, TaintEffect> EFFECTS = new LinkedHashMap<>(Map.of(
            "NoSchedule", TaintEffect.NO_SCHEDULE,
            "PreferNoSchedule", TaintEffect.PREFER_NO_SCHEDULE,
            "NoExecute", TaintEffect.NO_EXECUTE));

    private Selection() {}

    /** {@code where} must hold as a whole; of {@code prefer} each label that matches weighs the same. */
    static NodeAffinity affinity(@Nullable Part where, @Nullable Part prefer) {
        List<Term> required = where == null ? List.of() : List.of(new Term(expressions(where)));
        List<Preferred> preferred = prefer == null
                ? List.of()
                : expressions(prefer).stream()
                        .map(expression -> new Preferred(100, new Term(List.of(expression))))
                        .toList();
        return new NodeAffinity(required, preferred);
    }

    private static List<Expression> expressions(Part labels) {
        List<Expression> expressions = new ArrayList<>();
        labels.entries()
                .forEach((label, values) -> expressions.add(new Expression(
                        label.equals("zone") ? PoolPart.ZONE : label.equals("pool") ? "muster.dev/pool" : label,
                        Operator.IN,
                        values.texts())));
        if (expressions.isEmpty()) {
            throw labels.wrong("%s names no label".formatted(labels.path()), "Expected such as '{zone: a}'.");
        }
        return expressions;
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

    /** {@code key} (whatever its value) or {@code key=value}; every effect. */
    static List<Toleration> tolerations(Part part) {
        return part.texts().stream()
                .map(text -> text.split("=", 2))
                .map(pair -> pair.length == 2
                        ? new Toleration(pair[0], Toleration.Operator.EQUAL, pair[1], null)
                        : new Toleration(pair[0], Toleration.Operator.EXISTS, null, null))
                .toList();
    }
}
