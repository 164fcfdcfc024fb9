package dev.muster.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths and points of time in a scenario: {@code 90s, 10m, 1h30m, 2d}; {@code 2026-01-05T09:00:00Z}. */
public final class Times {
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

    /** Clocks differ: what a service wrote down may be a little after its own now. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private Times() {}

    public static Duration length(Part part) {
        return part.as(Times::length);
    }

    static Instant point(Part part) {
        return part.as(Times::point);
    }

    /** A length of time before {@code now}, or a point of time not after it. */
    static Instant before(Part part, Instant now) {
        Instant at = part.as(text -> isPoint(text) ? point(text) : now.minus(length(text)));
        if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw part.wrong("%s is %s, after now (%s)".formatted(part.path(), at, now));
        }
        return at;
    }

    /** A length of time after {@code now}, or a point of time. */
    static Instant after(Part part, Instant now) {
        return part.as(text -> isPoint(text) ? point(text) : now.plus(length(text)));
    }

    static boolean isPoint(String text) {
        return text.contains("T") && !text.startsWith("PT") && !text.startsWith("-PT");
    }

    static Duration length(String text) {
        if (text.startsWith("PT")) {
            return iso(text);
        }
        Matcher match = LENGTH.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            throw refused(text);
        }
        return Duration.ofDays(number(match.group(1)))
                .plusHours(number(match.group(2)))
                .plusMinutes(number(match.group(3)))
                .plusSeconds(number(match.group(4)));
    }

    /** As machines write it, down to the nanosecond. */
    private static Duration iso(String text) {
        try {
            Duration length = Duration.parse(text);
            if (!length.isNegative()) {
                return length;
            }
        } catch (DateTimeParseException e) {
            // Refused below.
        }
        throw refused(text);
    }

    /** The reverse of {@link #length(String)}, in whole seconds. */
    static String words(Duration length) {
        long seconds = length.toSeconds();
        String text = unit(seconds / 86_400, "d")
                + unit(seconds % 86_400 / 3_600, "h")
                + unit(seconds % 3_600 / 60, "m")
                + unit(seconds % 60, "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String unit(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "bad length of time '%s': expected such as 90s, 10m, 1h30m, 2d".formatted(text));
    }

    private static Instant point(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "bad time '%s': expected such as 2026-01-05T09:00:00Z".formatted(text), e);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
