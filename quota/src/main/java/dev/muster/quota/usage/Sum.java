package dev.muster.quota.usage;

import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Amounts × time of what was held, what it cost, and how much of both was lost. Exact: sums of parts are the sum of the whole. */
public final class Sum {
    private static final double MICROS_PER_HOUR = 3_600_000_000.0;

    private final Map<String, BigInteger> held = new TreeMap<>();
    private final Map<String, BigInteger> lost = new TreeMap<>();
    private BigInteger unpriced = BigInteger.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal lostCost = BigDecimal.ZERO;

    Sum() {}

    void hold(Resources pods, Period period, Prices.Cost price) {
        add(held, pods, period);
        cost = cost.add(price.amount());
        unpriced = unpriced.add(
                BigInteger.valueOf(pods.amount(Resources.CPU)).multiply(BigInteger.valueOf(price.unpriced())));
    }

    void lose(Resources pods, Period period, Prices.Cost price) {
        add(lost, pods, period);
        lostCost = lostCost.add(price.amount());
    }

    private static void add(Map<String, BigInteger> sums, Resources pods, Period period) {
        BigInteger micros = BigInteger.valueOf(Prices.micros(period));
        for (String name : pods.names()) {
            sums.merge(name, BigInteger.valueOf(pods.amount(name)).multiply(micros), BigInteger::add);
        }
    }

    /** In base units × microseconds, by resource. */
    public Map<String, BigInteger> exact() {
        return Map.copyOf(held);
    }

    public double coreHours() {
        return cores(held.getOrDefault(Resources.CPU, BigInteger.ZERO));
    }

    public double gibHours() {
        return held.getOrDefault(Resources.MEMORY, BigInteger.ZERO).doubleValue() / (1L << 30) / MICROS_PER_HOUR;
    }

    public double gpuHours() {
        return held.entrySet().stream()
                        .filter(entry -> Weights.isGpu(entry.getKey()))
                        .mapToDouble(entry -> entry.getValue().doubleValue())
                        .sum()
                / MICROS_PER_HOUR;
    }

    public double lostCoreHours() {
        return cores(lost.getOrDefault(Resources.CPU, BigInteger.ZERO));
    }

    /** Core-hours of pools and times of which nobody said a price: the cost does not count them. */
    public double unpricedCoreHours() {
        return cores(unpriced);
    }

    public BigDecimal cost() {
        return cost;
    }

    public BigDecimal lostCost() {
        return lostCost;
    }

    private static double cores(BigInteger amount) {
        return amount.doubleValue() / 1000 / MICROS_PER_HOUR;
    }
}
