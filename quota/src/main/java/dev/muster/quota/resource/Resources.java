package dev.muster.quota.resource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
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

    /**
     * Amounts that are a limit: a name with amount 0 is kept and allows nothing, where a name that is absent is not limited.
     *
     * @throws IllegalArgumentException where an amount is negative
     */
    public static Resources limit(Map<String, Long> amounts) {
        of(amounts);
        SortedMap<String, Long> sorted = new TreeMap<>(amounts);
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

    /** Names with an amount above 0, sorted; of a limit also those with 0. */
    public List<String> names() {
        return List.of(names);
    }

    public long amount(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? 0 : amounts[at];
    }

    public boolean isZero() {
        return Arrays.stream(amounts).allMatch(amount -> amount == 0);
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
        if (factor < 0) {
            throw new IllegalArgumentException("Negative factor: " + factor);
        }
        Map<String, Long> product = asMap();
        product.replaceAll((name, amount) -> multiply(amount, factor));
        return of(product);
    }

    /** Writes each amount to the place of its name in {@code index} (sorted); false where a name has no place there. */
    boolean writeTo(String[] index, long[] into, int offset) {
        boolean complete = true;
        int place = 0;
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            while (place < index.length && !index[place].equals(name)) {
                place++;
            }
            if (place == index.length) {
                complete = false;
                place = 0;
                continue;
            }
            into[offset + place++] = amounts[i];
        }
        return complete;
    }

    /** Calls for each of {@link #names} with its amount. */
    public void each(ObjLongConsumer<String> seen) {
        for (int i = 0; i < names.length; i++) {
            seen.accept(names[i], amounts[i]);
        }
    }

    boolean sameNames(Resources other) {
        return Arrays.equals(names, other.names);
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

    /** ⌊amount × part / whole⌋ of amounts ≥ 0 with part ≤ whole and whole > 0; does not overflow. */
    public static long share(long amount, long part, long whole) {
        return Math.multiplyHigh(amount, part) == 0 && amount * part >= 0
                ? amount * part / whole
                : BigInteger.valueOf(amount)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
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

    /** As people say it, for sentences: {@code 4 cpu, 18Gi}, {@code 8 nvidia.com/gpu}; memory needs no name. */
    public String spoken() {
        return isZero()
                ? "nothing"
                : asMap().entrySet().stream()
                        .filter(e -> e.getValue() > 0)
                        .map(e -> Quantity.format(e.getKey(), e.getValue())
                                + (e.getKey().equals(MEMORY) ? "" : " " + e.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** As people write it: {@code cpu 4, memory 18Gi}. */
    @Override
    public String toString() {
        return names.length == 0
                ? "nothing"
                : asMap().entrySet().stream()
                        .map(e -> e.getKey() + " " + Quantity.format(e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
