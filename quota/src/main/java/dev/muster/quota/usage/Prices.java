package dev.muster.quota.usage;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What nodes cost, pool by pool, as it changed. */
public final class Prices {
    private static final BigInteger MICROS_PER_HOUR = BigInteger.valueOf(3_600_000_000L);
    private static final int DIGITS = 18;

    private final Map<PoolName, List<NodePrice>> ofPool = new HashMap<>();

    public Prices(Map<PoolName, List<NodePrice>> all) {
        all.forEach((pool, prices) -> {
            List<NodePrice> sorted = new ArrayList<>(prices);
            sorted.sort(Comparator.comparing(NodePrice::since));
            ofPool.put(pool, sorted);
        });
    }

    /** What pods cost; {@code unpriced} is for how many microseconds of it nobody said a price. */
    record Cost(BigDecimal amount, long unpriced) {}

    Cost of(PoolName pool, Resources pods, Period held) {
        BigDecimal sum = BigDecimal.ZERO;
        long unpriced = micros(held);
        BigInteger weight = Weights.of(pods);
        List<NodePrice> prices = ofPool.getOrDefault(pool, List.of());
        for (int i = 0; i < prices.size(); i++) {
            NodePrice price = prices.get(i);
            Instant until = i + 1 < prices.size() ? prices.get(i + 1).since() : null;
            Period part = held.and(price.since(), until);
            BigInteger node = Weights.of(price.node());
            if (part != null && price.perHour() != null && node.signum() > 0) {
                long micros = micros(part);
                unpriced -= micros;
                sum = sum.add(price.perHour()
                        .multiply(new BigDecimal(weight.multiply(BigInteger.valueOf(micros))))
                        .divide(new BigDecimal(node.multiply(MICROS_PER_HOUR)), DIGITS, RoundingMode.HALF_EVEN));
            }
        }
        return new Cost(sum, unpriced);
    }

    static long micros(Period period) {
        return ChronoUnit.MICROS.between(period.from(), period.to());
    }
}
