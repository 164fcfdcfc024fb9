package dev.muster.quota.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Amounts of named resources, never negative; a name that is absent has amount 0. {@code cpu} counts in millicores, every
 * other name in its Kubernetes base unit ({@code memory} in bytes, devices in pieces). Sums and products saturate at
 * {@link Long#MAX_VALUE} and never overflow.
 */
public final class Resources {
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final Resources NONE = new Resources(new String[0], new long[0]);

    private final String[] names;
    private final long[] amounts;

    private Resources(String[] names, long[] amounts) {
        this.names = names;
        this.amounts = amounts;
    }

    /** @throws IllegalArgumentException where an amount is negative */
    public static Resources of(Map<String, Long> amounts) {
        SortedMap<String, Long> sorted = new TreeMap<>();
        amounts.forEach((name, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException("Negative amount of %s: %d".formatted(name, amount));
            }
            if (amount > 0) {
                sorted.put(name, amount);
            }
        });
        if (sorted.isEmpty()) {
            return NONE;
        }
        return new Resources(
                sorted.keySet().toArray(String[]::new),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    public static Resources of(String name, long amount) {
        return of(Map.of(name, amount));
    }

    /** The usual pair. */
    public static Resources cpuAndMemory(long millicores, long bytes) {
        return of(Map.of(CPU, millicores, MEMORY, bytes));
    }

    /** Names with an amount above 0, sorted. */
    public List<String> names() {
        return List.of(names);
    }

    public long amount(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? 0 : amounts[at];
    }

    public boolean isZero() {
        return names.length == 0;
    }

    public boolean fitsIn(Resources room) {
        for (int i = 0; i < names.length; i++) {
            if (amounts[i] > room.amount(names[i])) {
                return false;
            }
        }
        return true;
    }

    public Resources plus(Resources other) {
        Map<String, Long> sum = asMap();
        other.asMap().forEach((name, amount) -> sum.merge(name, amount, Resources::add));
        return of(sum);
    }

    /** What is left after taking {@code other} away, never below 0. */
    public Resources minus(Resources other) {
        Map<String, Long> left = asMap();
        left.replaceAll((name, amount) -> Math.max(0, amount - other.amount(name)));
        return of(left);
    }

    /** @throws IllegalArgumentException where {@code factor} is negative */
    public Resources times(long factor) {
        Map<String, Long> product = asMap();
        product.replaceAll((name, amount) -> multiply(amount, factor));
        if (factor < 0) {
            throw new IllegalArgumentException("Negative factor: " + factor);
        }
        return of(product);
    }

    /** A sorted copy. */
    public SortedMap<String, Long> asMap() {
        SortedMap<String, Long> map = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            map.put(names[i], amounts[i]);
        }
        return map;
    }

    /** a + b of two amounts ≥ 0, at most {@link Long#MAX_VALUE}. */
    public static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** a × b of two amounts ≥ 0, at most {@link Long#MAX_VALUE}. */
    public static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resources that
                && Arrays.equals(names, that.names)
                && Arrays.equals(amounts, that.amounts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(amounts);
    }

    /** As people write it: {@code cpu 4, memory 18Gi}. */
    @Override
    public String toString() {
        return isZero()
                ? "nothing"
                : asMap().entrySet().stream()
                        .map(e -> e.getKey() + " " + Quantity.format(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
