package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes: one of {@code required} must match (absent: any), {@code preferred} are wishes. */
public record NodeAffinitySpec(
        @Nullable List<Term> required, @Nullable List<Preferred> preferred) {
    /** All expressions must hold. */
    public record Term(List<Expression> matchExpressions) {}

    /** {@code weight} 1 to 100. */
    public record Preferred(int weight, Term preference) {}

    /** {@code operator}: In, NotIn, Exists, DoesNotExist, Gt, Lt. */
    public record Expression(
            String key, String operator, @Nullable List<String> values) {}
}
