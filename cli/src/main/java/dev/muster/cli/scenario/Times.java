package dev.muster.cli.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths and points of time in a scenario: {@code 90s, 10m, 1h30m, 2d}; {@code 2026-01-05T09:00:00Z}. */
final class Times {
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

    private Times() {}

    static Duration length(Part part) {
        return part.as(Times::length);
    }

    static Instant point(Part part) {
        return part.as(Times::point);
    }

    /** A length of time before {@code now}, or a point of time not after it. */
    static Instant before(Part part, Instant now) {
        Instant at = part.as(text -> text.contains("T") ? point(text) : now.minus(length(text)));
        if (at.isAfter(now)) {
            throw part.wrong("%s is %s, after now (%s)".formatted(part.path(), at, now));
        }
        return at;
    }

    private static Duration length(String text) {
        Matcher match = LENGTH.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            throw new IllegalArgumentException(
                    "bad length of time '%s': expected such as 90s, 10m, 1h30m, 2d".formatted(text));
        }
        return Duration.ofDays(number(match.group(1)))
                .plusHours(number(match.group(2)))
                .plusMinutes(number(match.group(3)))
                .plusSeconds(number(match.group(4)));
    }

    private static Instant point(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "bad time '%s': expected such as 2026-01-05T09:00:00Z".formatted(text), e);
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
