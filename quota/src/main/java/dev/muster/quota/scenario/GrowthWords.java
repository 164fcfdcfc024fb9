package dev.muster.quota.scenario;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.OfferingSpec;
import dev.muster.quota.plan.Expansion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One offering by which a pool may grow. */
final class GrowthWords {
    private static final String POOL = "muster.dev/pool";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int USUAL_PODS = 110;

    private GrowthWords() {}

    static Map<String, Object> growth(Expansion expansion, Instant now) {
        OfferingSpec spec = expansion.spec();
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("offering", spec.offering());
        words.put("nodes", expansion.nodes());
        unless(words, "min", spec.min(), 0);
        words.put("most", spec.max());
        unless(words, "asked", expansion.asked(), 0);
        unless(words, "holders", expansion.holders(), 0);
        if (expansion.breaker() != BreakerState.CLOSED) {
            words.put("breaker", expansion.breaker().name());
        }
        if (expansion.halfOpenAt() != null) {
            words.put("halfOpen", TimeWords.after(expansion.halfOpenAt(), now));
        }
        unless(words, "within", expansion.within(), 0);
        words.put("deadline", TimeWords.length(expansion.deadline()));
        if (expansion.success() != 1) {
            words.put("success", BigDecimal.valueOf(expansion.success()).toPlainString());
        }
        if (spec.price() != null) {
            words.put("price", spec.price().toPlainString());
        }
        words.putAll(AmountWords.of(spec.resources()));
        labels(words, spec);
        if (!spec.taints().isEmpty()) {
            words.put(
                    "taints", spec.taints().stream().map(SelectionWords::taint).toList());
        }
        unless(words, "maxPods", spec.maxPods(), USUAL_PODS);
        return words;
    }

    private static void labels(Map<String, Object> words, OfferingSpec spec) {
        Map<String, @Nullable String> own = new TreeMap<>(spec.labels());
        String zone = own.remove(ZONE);
        if (zone != null) {
            words.put("zone", zone);
        }
        if (spec.offering().pool().value().equals(own.get(POOL))) {
            own.remove(POOL);
        } else {
            own.putIfAbsent(POOL, null);
        }
        if (!own.isEmpty()) {
            words.put("labels", own);
        }
    }

    private static void unless(Map<String, Object> words, String name, int value, int usual) {
        if (value != usual) {
            words.put(name, value);
        }
    }
}
