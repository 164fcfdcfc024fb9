package dev.muster.spark;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as Spark writes them (JavaUtils.byteStringAs): a whole number and a binary unit, "512m" = 512 MiB, without one MiB. Not
 * Kubernetes' quantities, to which "512m" is half a byte.
 */
public final class SparkSize {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([a-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kb", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("", 1L << 20),
            Map.entry("mb", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("tb", 1L << 40));
    private static final long MEBI = 1L << 20;
    /** 2^53 bytes, as elsewhere. */
    private static final long MOST = 1L << 33;

    private SparkSize() {}

    /**
     * In MiB, rounded down as Spark does.
     *
     * @throws IllegalArgumentException where it is no size, or less than one MiB
     */
    public static long mebibytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches() || !UNITS.containsKey(size.group(2))) {
            throw new IllegalArgumentException(
                    "'%s': expected a size as Spark writes it, a whole number and k, m, g or t, such as 512m or 2g"
                            .formatted(shortened(text)));
        }
        long number = Long.parseLong(size.group(1));
        long unit = UNITS.get(size.group(2));
        long whole = unit < MEBI
                ? number / (MEBI / unit)
                : Math.multiplyHigh(number, unit / MEBI) != 0 ? MOST + 1 : number * (unit / MEBI);
        if (whole < 1 || whole > MOST) {
            throw new IllegalArgumentException("'%s': expected 1m to 8192t".formatted(shortened(text)));
        }
        return whole;
    }

    /** As Spark reads it. */
    public static String text(long mebibytes) {
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
