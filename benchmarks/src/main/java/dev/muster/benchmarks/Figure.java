package dev.muster.benchmarks;

import java.util.Locale;

/** One measured number; {@code name} is the key in {@code limits.yaml} where it has a limit. */
record Figure(String name, double value, String unit) {
    String shown() {
        return number(value) + " " + unit;
    }

    /** Three digits that say something. */
    static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
