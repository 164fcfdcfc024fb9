package dev.muster.kubernetes;

import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import java.util.List;
import java.util.Optional;

/** Taints in Kubernetes' words and ours. */
final class Taints {
    private Taints() {}

    static List<Taint> of(List<io.fabric8.kubernetes.api.model.Taint> taints) {
        return taints.stream()
                .flatMap(taint -> effect(taint.getEffect()).stream()
                        .map(effect ->
                                new Taint(taint.getKey(), taint.getValue() == null ? "" : taint.getValue(), effect)))
                .toList();
    }

    static String word(TaintEffect effect) {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }

    private static Optional<TaintEffect> effect(String word) {
        for (TaintEffect effect : TaintEffect.values()) {
            if (word(effect).equals(word)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }
}
