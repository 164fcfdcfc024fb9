package dev.muster.quota.scenario;

import dev.muster.quota.time.LengthOfTime;
import java.time.Duration;
import java.time.Instant;

/** Times in a scenario's words: whole seconds as people say them, everything else exactly. */
final class TimeWords {
    private TimeWords() {}

    static String length(Duration length) {
        if (length.getNano() != 0 || length.isNegative() || length.toDays() > 99_999) {
            return length.toString();
        }
        return LengthOfTime.spoken(length);
    }

    /** How long ago, or the point of time. */
    static String before(Instant at, Instant now) {
        return at.isAfter(now) || at.getNano() != now.getNano() ? at.toString() : length(Duration.between(at, now));
    }

    /** How long from now, or the point of time. */
    static String after(Instant at, Instant now) {
        return at.isBefore(now) || at.getNano() != now.getNano() ? at.toString() : length(Duration.between(now, at));
    }
}
