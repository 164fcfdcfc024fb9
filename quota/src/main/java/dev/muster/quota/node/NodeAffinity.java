package dev.muster.quota.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a pod may and would like to run on, as Kubernetes' nodeAffinity: a node is allowed when one of the required
 * terms matches (or there is none); preferred terms add their weight (1 to 100).
 */
public record NodeAffinity(List<Term> required, List<Preferred> preferred) {
    public static final NodeAffinity ANY = new NodeAffinity(List.of(), List.of());

    /** Only nodes whose label has one of the values. */
    public static NodeAffinity in(String label, List<String> values) {
        return new NodeAffinity(List.of(new Term(List.of(new Expression(label, Operator.IN, values)))), List.of());
    }

    public NodeAffinity {
        required = List.copyOf(required);
        preferred = List.copyOf(preferred);
    }

    public boolean allows(Map<String, String> labels) {
        return required.isEmpty() || required.stream().anyMatch(term -> term.matches(labels));
    }

    /** Keys of the labels that it looks at. */
    public SortedSet<String> labels() {
        SortedSet<String> keys = new TreeSet<>();
        addLabelsTo(keys);
        return keys;
    }

    public void addLabelsTo(Collection<String> keys) {
        for (Term term : required) {
            term.expressions().forEach(expression -> keys.add(expression.key()));
        }
        for (Preferred each : preferred) {
            each.term().expressions().forEach(expression -> keys.add(expression.key()));
        }
    }

    /** True where it looks at no label but these. */
    public boolean asksOnlyFor(Collection<String> keys) {
        for (Term term : required) {
            for (Expression expression : term.expressions()) {
                if (!keys.contains(expression.key())) {
                    return false;
                }
            }
        }
        for (Preferred each : preferred) {
            for (Expression expression : each.term().expressions()) {
                if (!keys.contains(expression.key())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Σ of the weights of the preferred terms that match. */
    public int preference(Map<String, String> labels) {
        return preferred.stream()
                .filter(p -> p.term().matches(labels))
                .mapToInt(Preferred::weight)
                .sum();
    }

    /** Both must hold: the product of the required terms, the sum of the preferred. */
    public NodeAffinity and(NodeAffinity other) {
        List<Preferred> preferredByBoth = new ArrayList<>(preferred);
        preferredByBoth.addAll(other.preferred);
        if (required.isEmpty() || other.required.isEmpty()) {
            return new NodeAffinity(required.isEmpty() ? other.required : required, preferredByBoth);
        }
        List<Term> product = required.stream()
                .flatMap(mine -> other.required.stream().map(mine::and))
                .distinct()
                .toList();
        return new NodeAffinity(product, preferredByBoth);
    }

    /** All expressions must hold; without any the term matches nothing, as in Kubernetes. */
    public record Term(List<Expression> expressions) {
        public Term {
            expressions = List.copyOf(expressions);
        }

        public boolean matches(Map<String, String> labels) {
            return !expressions.isEmpty() && expressions.stream().allMatch(e -> e.matches(labels));
        }

        Term and(Term other) {
            return new Term(Stream.concat(expressions.stream(), other.expressions.stream())
                    .distinct()
                    .toList());
        }
    }

    /** A term with its weight, 1 to 100. */
    public record Preferred(int weight, Term term) {
        public Preferred {
            if (weight < 1 || weight > 100) {
                throw new IllegalArgumentException(
                        "Bad weight %d of a preferred node affinity: expected 1 to 100".formatted(weight));
            }
        }
    }

    /** How a label is compared; Kubernetes' words. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST,
        GT,
        LT
    }

    /** One comparison of one label. */
    public record Expression(String key, Operator operator, List<String> values) {
        public Expression {
            values = List.copyOf(values);
            boolean wellFormed =
                    switch (operator) {
                        case IN, NOT_IN -> !values.isEmpty();
                        case EXISTS, DOES_NOT_EXIST -> values.isEmpty();
                        case GT, LT -> values.size() == 1 && values.get(0).matches("-?\\d{1,18}");
                    };
            if (!wellFormed) {
                throw new IllegalArgumentException(
                        "Bad values %s of %s %s: In and NotIn take one or more, Exists and DoesNotExist none, Gt and Lt one whole number"
                                .formatted(values, key, operator));
            }
        }

        public boolean matches(Map<String, String> labels) {
            String label = labels.get(key);
            return switch (operator) {
                case IN -> label != null && values.contains(label);
                case NOT_IN -> label == null || !values.contains(label);
                case EXISTS -> label != null;
                case DOES_NOT_EXIST -> label == null;
                case GT -> isNumber(label) && Long.parseLong(label) > Long.parseLong(values.get(0));
                case LT -> isNumber(label) && Long.parseLong(label) < Long.parseLong(values.get(0));
            };
        }

        private static boolean isNumber(@Nullable String label) {
            return label != null && label.matches("-?\\d{1,18}");
        }
    }
}
