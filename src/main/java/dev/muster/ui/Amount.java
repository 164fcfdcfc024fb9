package dev.muster.ui;

import dev.muster.quota.resource.Resources;
import java.util.Locale;
import java.util.stream.Collectors;

/** Amounts of resources as people read them. */
final class Amount {
    private static final String[] BYTES = {"B", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] COUNT = {"", "k", "M", "G", "T", "P", "E"};

    private Amount() {}

    /** At most a few digits and a unit: {@code 12.5}, {@code 12.3k}, {@code 37.5Gi}. */
    static String text(String name, long amount) {
        if (name.equals(Resources.CPU)) {
            return scaled(amount / 1000.0, 1000, COUNT);
        }
        if (name.equals(Resources.MEMORY) || name.endsWith("storage") || name.startsWith("hugepages-")) {
            return scaled(amount, 1024, BYTES);
        }
        return scaled(amount, 1000, COUNT);
    }

    /** {@code 84 cpu · 378Gi memory}. */
    static String text(Resources resources) {
        return resources.asMap().entrySet().stream()
                .map(e -> text(e.getKey(), e.getValue()) + " " + label(e.getKey()))
                .collect(Collectors.joining(" · "));
    }

    /** Without the vendor's domain: {@code nvidia.com/gpu} is {@code gpu}. */
    static String label(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    private static String scaled(double amount, int step, String[] units) {
        int unit = 0;
        double value = amount;
        // Whole numbers are shown up to four digits: 1400 cpu is read more easily than 1.4k.
        while (value >= (step == 1000 && unit == 0 ? 10_000 : step) && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        String digits = value == Math.rint(value) || value >= 100
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value).replaceFirst("\\.?0+$", "");
        return digits + units[unit];
    }
}
