package dev.muster.kubernetes;

import dev.muster.quota.resource.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Amounts of resources in Kubernetes' form and ours. */
final class Quantities {
    private Quantities() {}

    static Quantity of(String name, long amount) {
        return new Quantity(dev.muster.quota.resource.Quantity.format(name, amount));
    }

    static Map<String, Quantity> of(Resources resources) {
        Map<String, Quantity> quantities = new TreeMap<>();
        resources.asMap().forEach((name, amount) -> quantities.put(name, of(name, amount)));
        return quantities;
    }

    /** Somebody else's amounts: what cannot be understood counts as nothing. */
    static Resources resources(@Nullable Map<String, Quantity> quantities) {
        Map<String, Long> amounts = new TreeMap<>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(name, amount(name, quantity)));
        }
        return Resources.of(amounts);
    }

    private static long amount(String name, @Nullable Quantity quantity) {
        try {
            return quantity == null ? 0 : dev.muster.quota.resource.Quantity.parse(name, quantity.toString());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
