package dev.muster.web;

import dev.muster.problem.MusterException;
import dev.muster.quota.usage.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A period of the past, from the parameters {@code from} and {@code to}. */
final class PeriodReader {
    static final Duration USUAL = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(366);
    private static final String EXPECTED = "a time such as 2026-11-20T10:00:00Z, or a day such as 2026-11-20 (UTC)";

    private PeriodReader() {}

    /** The last seven days where nothing is said; what lies after {@code now} has not happened. */
    static Period of(@Nullable String from, @Nullable String to, Instant now) {
        Instant said = time("to", to);
        Instant end = said == null || said.isAfter(now) ? now : said;
        Instant begin = time("from", from);
        if (begin == null) {
            begin = end.minus(USUAL);
        }
        if (!begin.isBefore(end)) {
            throw MusterException.invalidParameter(
                    from == null ? "to" : "from",
                    from == null ? String.valueOf(to) : from,
                    "a period that begins before it ends, and before now: it would end at " + end);
        }
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw MusterException.invalidParameter(
                    "from", String.valueOf(from), "at most %d days before 'to'".formatted(LONGEST.toDays()));
        }
        return new Period(begin, end);
    }

    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant at = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            if (at.isAfter(Instant.EPOCH) && at.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return at;
            }
        } catch (DateTimeException e) {
            // Falls through to the one refusal.
        }
        throw MusterException.invalidParameter(name, text, EXPECTED);
    }
}
