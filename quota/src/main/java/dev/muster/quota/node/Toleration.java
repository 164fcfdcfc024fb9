package dev.muster.quota.node;

import org.jspecify.annotations.Nullable;

/**
 * A pod's tolerance of taints, by Kubernetes' rules: no key with {@code EXISTS} tolerates every taint, no effect means every
 * effect.
 */
public record Toleration(
        @Nullable String key,
        Operator operator,
        @Nullable String value,
        @Nullable TaintEffect effect) {
    /** How {@code value} is compared. */
    public enum Operator {
        EQUAL,
        EXISTS
    }

    public boolean tolerates(Taint taint) {
        if (effect != null && effect != taint.effect()) {
            return false;
        }
        if (key != null && !key.equals(taint.key())) {
            return false;
        }
        return operator == Operator.EXISTS || (key != null && taint.value().equals(value == null ? "" : value));
    }
}
