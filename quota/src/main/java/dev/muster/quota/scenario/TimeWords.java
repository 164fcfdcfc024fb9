package dev.muster.quota.scenario;

import java.time.Duration;
import java.time.Instant;

/** Times in a scenario's words: whole seconds as people say them, everything else exactly. */
final class TimeWords {
    private TimeWords() {}

    static String length(Duration length) {
        if (length.getNano() != 0 || length.isNegative() || length.toDays() > 99_999) {
            return length.toString();
        }
        long seconds = length.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        unit(text, seconds / 86_400, 'd');
        unit(text, seconds % 86_400 / 3_600, 'h');
        unit(text, seconds % 3_600 / 60, 'm');
        unit(text, seconds % 60, 's');
        return text.toString();
    }

    /** How long ago, or the point of time. */
    static String before(Instant at, Instant now) {
        return at.isAfter(now) || at.getNano() != now.getNano() ? at.toString() : length(Duration.between(at, now));
    }

    /** How long from now, or the point of time. */
    static String after(Instant at, Instant now) {
        return at.isBefore(now) || at.getNano() != now.getNano() ? at.toString() : length(Duration.between(now, at));
    }

    private static void unit(StringBuilder text, long count, char unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
