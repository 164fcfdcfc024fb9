package dev.muster.cli.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/** A number of a record, read without surprises: fractions are allowed, 1e999 and NaN are not. */
final class Field {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{0,18})?");
    /** Ten years: what the service understands at most. */
    private static final BigDecimal LONGEST_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());

    private Field() {}

    static BigDecimal number(String name, String text) throws Unusable {
        if (!NUMBER.matcher(text).matches()) {
            throw new Unusable(Defect.Kind.NO_NUMBER, "%s is '%s'".formatted(name, shown(text)));
        }
        return new BigDecimal(text);
    }

    /** {@code value} units, of which {@code perSecond} make a second, to the millisecond. */
    static Duration time(String name, BigDecimal value, long perSecond, Defect.Kind ifNegative) throws Unusable {
        if (value.signum() < 0) {
            throw new Unusable(ifNegative, "%s is %s".formatted(name, value.toPlainString()));
        }
        BigDecimal seconds = value.divide(BigDecimal.valueOf(perSecond));
        if (seconds.compareTo(LONGEST_SECONDS) > 0) {
            throw new Unusable(
                    Defect.Kind.OUT_OF_BOUNDS,
                    "%s is %s s: at most ten years".formatted(name, seconds.toPlainString()));
        }
        return Duration.ofMillis(seconds.movePointRight(3)
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValueExact());
    }

    static int pods(String name, BigDecimal value) throws Unusable {
        if (value.signum() <= 0) {
            throw new Unusable(Defect.Kind.NO_PODS, "%s is %s".formatted(name, value.toPlainString()));
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw new Unusable(
                    Defect.Kind.NO_NUMBER, "%s is %s: expected a whole number".formatted(name, value.toPlainString()));
        }
        if (value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new Unusable(Defect.Kind.OUT_OF_BOUNDS, "%s is %s".formatted(name, value.toPlainString()));
        }
        return value.intValueExact();
    }

    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }

    /** The record cannot be used, and why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Defect.Kind kind;

        Unusable(Defect.Kind kind, String detail) {
            super(detail, null, false, false);
            this.kind = kind;
        }

        Defect defect(long line) {
            return new Defect(line, kind, String.valueOf(getMessage()));
        }
    }
}
