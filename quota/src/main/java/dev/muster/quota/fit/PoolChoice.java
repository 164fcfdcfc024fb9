package dev.muster.quota.fit;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.OfferingSpec;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pool a gang is given of those that it likes alike and that have nothing that it does not ask for. {@code prices} are of a node in an
 * hour; a pool without one counts as dearer than all others.
 */
public record PoolChoice(Order order, Map<PoolName, BigDecimal> prices) {
    public static final PoolChoice AS_LISTED = new PoolChoice(Order.AS_LISTED);

    /** What a policy says of it. */
    public enum Order {
        /** By name. */
        AS_LISTED,
        /** The one of which the most is in use, so that others become empty. */
        FULLEST,
        /** The one where the gang's part of the nodes costs least. */
        CHEAPEST
    }

    public PoolChoice {
        prices = Map.copyOf(prices);
    }

    public PoolChoice(Order order) {
        this(order, Map.of());
    }

    /** The same, with what is said of pools that may grow. */
    public PoolChoice with(Collection<OfferingSpec> others) {
        if (order != Order.CHEAPEST) {
            return this;
        }
        Map<PoolName, BigDecimal> all = new HashMap<>(prices);
        others.forEach(spec -> {
            if (spec.price() != null) {
                all.putIfAbsent(spec.offering().pool(), spec.price());
            }
        });
        return new PoolChoice(order, all);
    }

    /** The same, with what nodes cost that are there; nothing where it does not ask for it. */
    public PoolChoice priced(Map<PoolName, BigDecimal> each) {
        return order == Order.CHEAPEST ? new PoolChoice(order, each) : this;
    }

    @Nullable
    BigDecimal price(PoolName pool) {
        return prices.get(pool);
    }

    /** As a policy says it. */
    @Override
    public String toString() {
        return order.name();
    }
}
