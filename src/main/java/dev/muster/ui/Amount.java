package dev.muster.ui;

import dev.muster.quota.resource.Quantity;
import dev.muster.quota.resource.Resources;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Amounts of resources as people read them, from the quantities that travel on the wire. */
final class Amount {
    private static final String[] BYTES = {"B", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] COUNT = {"", "k", "M", "G", "T", "P", "E"};

    private Amount() {}

    static SortedMap<String, Long> parse(Map<String, String> quantities) {
        SortedMap<String, Long> amounts = new TreeMap<>();
        quantities.forEach((name, text) -> amounts.put(name, Quantity.parse(name, text)));
        return amounts;
    }

    /** At most three or four digits and a unit: {@code 12.5}, {@code 1.2k}, {@code 37.5Gi}. */
    static String text(String name, long amount) {
        if (name.equals(Resources.CPU)) {
            return scaled(amount / 1000.0, 1000, COUNT);
        }
        if (name.equals(Resources.MEMORY) || name.endsWith("storage") || name.startsWith("hugepages-")) {
            return scaled(amount, 1024, BYTES);
        }
        return scaled(amount, 1000, COUNT);
    }

    /** Without the vendor's domain: {@code nvidia.com/gpu} is {@code gpu}. */
    static String label(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    private static String scaled(double amount, int step, String[] units) {
        int unit = 0;
        double value = amount;
        while (value >= (step == 1000 ? 10_000 : step) && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        String digits = value == Math.rint(value) || value >= 100
                ? Long.toString(Math.round(value))
                : String.format(java.util.Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value)
                        .replaceFirst("\\.?0+$", "");
        return digits + units[unit];
    }
}
