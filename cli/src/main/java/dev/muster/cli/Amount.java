package dev.muster.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A quantity of the service as a number, near enough for a bar or a share. */
public final class Amount {
    private static final Pattern FORM = Pattern.compile("([0-9.]+(?:[eE][+-]?[0-9]{1,3})?)([a-zA-Z]{0,2})");
    private static final Map<String, Double> FACTOR = Map.ofEntries(
            Map.entry("n", 1e-9),
            Map.entry("u", 1e-6),
            Map.entry("m", 1e-3),
            Map.entry("", 1.0),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("P", 1e15),
            Map.entry("E", 1e18),
            Map.entry("Ki", 0x1p10),
            Map.entry("Mi", 0x1p20),
            Map.entry("Gi", 0x1p30),
            Map.entry("Ti", 0x1p40),
            Map.entry("Pi", 0x1p50),
            Map.entry("Ei", 0x1p60));

    private static final String[] BYTES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    private Amount() {}

    /** 0 for what is no quantity: the service has checked them. */
    public static double of(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return 0;
        }
        try {
            return Double.parseDouble(form.group(1)) * FACTOR.getOrDefault(form.group(2), 0.0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public static double of(Map<String, String> amounts, String resource) {
        String text = amounts.get(resource);
        return text == null ? 0 : of(text);
    }

    /** The amount of a resource as people read it, at most one digit after the point: {@code 74.5}, {@code 393Gi}. Bytes in powers of 1,024. */
    public static String words(Map<String, String> amounts, String resource) {
        double value = of(amounts, resource);
        int unit = 0;
        if (resource.endsWith("memory") || resource.endsWith("storage") || resource.startsWith("hugepages-")) {
            for (; value >= 1024 && unit < BYTES.length - 1; unit++) {
                value /= 1024;
            }
        }
        String digits = String.format(Locale.ROOT, "%.1f", value);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + BYTES[unit];
    }

    /** Of the currency of the prices, to the hundredth; a dash where nothing is known. */
    public static String money(@Nullable Double amount) {
        return amount == null ? "–" : String.format(Locale.ROOT, "%,.2f", amount);
    }
}
