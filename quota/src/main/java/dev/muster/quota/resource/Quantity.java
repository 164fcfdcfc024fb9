package dev.muster.quota.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes quantities as whole amounts: {@code 500m}, {@code 2}, {@code 1.5Gi}, {@code 3e3}. Fractions are rounded up to
 * the unit that {@link Resources} counts in (millicores for cpu, else whole units), as Kubernetes does.
 */
public final class Quantity {
    /** Longest text that is looked at; a longer one cannot be a sensible quantity. */
    public static final int LONGEST = 64;

    private static final Pattern FORM = Pattern.compile(
            "(?<sign>[+-]?)(?<number>\\d+(\\.\\d*)?|\\.\\d+)(?<suffix>[eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final Map<String, BigDecimal> FACTOR = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final List<String> BINARY = List.of("Ei", "Pi", "Ti", "Gi", "Mi", "Ki");

    private Quantity() {}

    /**
     * The amount of resource {@code name} that {@code text} says, in the unit of {@link Resources}.
     *
     * @throws IllegalArgumentException where it is no quantity, negative, or above {@link Long#MAX_VALUE} units
     */
    public static long parse(String name, String text) {
        return value(name, text).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    /**
     * As {@link #parse}, but refuses what would be rounded: half a device, or {@code 100m} of memory, is a mistake.
     *
     * @throws IllegalArgumentException where {@link #parse} does, and where it is not a whole number of units
     */
    public static long parseWhole(String name, String text) {
        BigDecimal value = value(name, text);
        try {
            return value.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException e) {
            throw refused(
                    name, text, name.equals(Resources.CPU) ? "a whole number of thousandths (1m)" : "a whole number");
        }
    }

    private static BigDecimal value(String name, String text) {
        Matcher form = text.length() > LONGEST ? FORM.matcher("") : FORM.matcher(text.strip());
        if (!form.matches()) {
            throw refused(name, text, "a Kubernetes quantity such as 500m, 2 or 1.5Gi");
        }
        if (form.group("sign").equals("-")) {
            throw refused(name, text, "0 or more");
        }
        String suffix = form.group("suffix");
        BigDecimal value = new BigDecimal(form.group("number"));
        if (suffix != null) {
            BigDecimal factor = FACTOR.get(suffix);
            value = factor != null
                    ? value.multiply(factor)
                    : value.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
        }
        if (name.equals(Resources.CPU)) {
            value = value.movePointRight(3);
        }
        // Compared before it is rounded: 1e999 must not be written out digit by digit.
        if (value.compareTo(MOST) > 0) {
            throw refused(name, text, "at most " + Long.MAX_VALUE + " units");
        }
        return value;
    }

    /** The shortest exact text: {@code 1500m}, {@code 4}, {@code 18Gi}. */
    public static String format(String name, long amount) {
        if (name.equals(Resources.CPU)) {
            return amount % 1000 == 0 ? Long.toString(amount / 1000) : amount + "m";
        }
        if (isBytes(name)) {
            for (String suffix : BINARY) {
                long unit = FACTOR.get(suffix).longValueExact();
                if (amount >= unit && amount % unit == 0) {
                    return amount / unit + suffix;
                }
            }
        }
        return Long.toString(amount);
    }

    private static boolean isBytes(String name) {
        return name.equals(Resources.MEMORY) || name.endsWith("storage") || name.startsWith("hugepages-");
    }

    private static IllegalArgumentException refused(String name, String text, String expected) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return new IllegalArgumentException("Bad amount of %s '%s': expected %s".formatted(name, shown, expected));
    }
}
