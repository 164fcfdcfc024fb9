package dev.muster.quota.usage;

import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Amounts × time of what was held, what it cost, and how much of both was lost. Exact: sums of parts are the sum of the whole. */
public final class Sum {
    private static final double MILLIS_PER_HOUR = 3_600_000.0;
    private static final double MICROS_PER_HOUR = 3_600_000_000.0;

    private final Map<String, BigInteger> held = new TreeMap<>();
    private final Map<String, BigInteger> lost = new TreeMap<>();
    private BigInteger measuredMillis = BigInteger.ZERO;
    private BigInteger measuredCpu = BigInteger.ZERO;
    private BigInteger measuredMemory = BigInteger.ZERO;
    private BigInteger usedCpu = BigInteger.ZERO;
    private BigInteger usedMemory = BigInteger.ZERO;
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

    void use(Used used) {
        BigInteger millis = BigInteger.valueOf(used.podMillis());
        measuredMillis = measuredMillis.add(millis);
        measuredCpu = measuredCpu.add(
                BigInteger.valueOf(used.pod().amount(Resources.CPU)).multiply(millis));
        measuredMemory = measuredMemory.add(
                BigInteger.valueOf(used.pod().amount(Resources.MEMORY)).multiply(millis));
        usedCpu = usedCpu.add(used.cpu());
        usedMemory = usedMemory.add(used.memory());
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

    /** Whether anybody measured what was used of it; where not, the following say nothing. */
    public boolean isMeasured() {
        return measuredMillis.signum() > 0;
    }

    /** Core-hours that were asked while it was measured. */
    public double measuredCoreHours() {
        return measuredCpu.doubleValue() / 1000 / MILLIS_PER_HOUR;
    }

    public double usedCoreHours() {
        return usedCpu.doubleValue() / 1000 / MILLIS_PER_HOUR;
    }

    public double measuredGibHours() {
        return measuredMemory.doubleValue() / (1L << 30) / MILLIS_PER_HOUR;
    }

    public double usedGibHours() {
        return usedMemory.doubleValue() / (1L << 30) / MILLIS_PER_HOUR;
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
