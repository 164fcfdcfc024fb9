package dev.muster.cli.screen;

/** A part of a whole as a bar: {@code ██████░░░░}. */
public final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Bar() {}

    /** {@code part} of {@code whole} (0 or less: empty) in {@code width} characters; more than the whole is full. */
    public static String of(double part, double whole, int width) {
        double share = whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
        int eighths = (int) Math.round(share * width * 8);
        // Something is never shown as nothing, and not quite full never as full.
        if (part > 0 && eighths == 0) {
            eighths = 1;
        } else if (share < 1 && eighths == width * 8) {
            eighths--;
        }
        int full = eighths / 8;
        int rest = eighths % 8;
        StringBuilder bar = new StringBuilder("█".repeat(full));
        if (rest > 0) {
            bar.append(EIGHTHS.charAt(rest));
        }
        return bar + "·".repeat(width - full - (rest > 0 ? 1 : 0));
    }

    /** Whole percents; 0 % and 100 % only where it is exactly so. */
    public static String percent(double part, double whole) {
        double share = whole <= 0 ? 0 : part / whole * 100;
        long rounded = Math.round(share);
        if (rounded == 0 && share > 0) {
            rounded = 1;
        } else if (rounded == 100 && share < 100) {
            rounded = 99;
        }
        return rounded + "%";
    }

    /** Yellow from 70 %, red from 95 %: how full, not how good. */
    public static Colour colour(double part, double whole) {
        double share = whole <= 0 ? 0 : part / whole;
        return share >= 0.95 ? Colour.RED : share >= 0.7 ? Colour.YELLOW : Colour.GREEN;
    }
}
