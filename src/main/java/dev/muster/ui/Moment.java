package dev.muster.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A point in time as seen at {@code now}: exact for machines, in UTC or the reader's zone for people, relative for the hurried. */
public record Moment(Instant at, Instant now) {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    /** RFC 3339, whole milliseconds. */
    public String iso() {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    public String utc() {
        return UTC.format(at);
    }

    /** {@link #brief(ZoneId)} in UTC. */
    public String brief() {
        return brief(ZoneOffset.UTC);
    }

    /**
     * Short: the time of day in the reader's zone, the day where it is not within twelve hours, the year where it is not within half of one. A
     * time of day that comes twice says which it is.
     */
    public String brief(ZoneId zone) {
        ZonedDateTime there = at.atZone(zone);
        Duration away = Duration.between(at, now).abs();
        String text = (away.toHours() < 12 ? CLOCK : away.toDays() < 180 ? DAY : YEAR).format(there);
        return isTwice(there) ? text + " " + there.getOffset().getId() : text;
    }

    /** Clocks are set back there then. */
    private static boolean isTwice(ZonedDateTime there) {
        return there.getZone()
                        .getRules()
                        .getValidOffsets(there.toLocalDateTime())
                        .size()
                > 1;
    }

    /** {@code 4 min ago}, {@code in 2 h}. */
    public String relative() {
        Duration ago = Duration.between(at, now);
        if (ago.abs().toMillis() < 1000) {
            return "now";
        }
        return ago.isNegative() ? "in " + span(ago.negated()) : span(ago) + " ago";
    }

    /** How long ago, without a word around it. */
    public String age() {
        Duration ago = Duration.between(at, now);
        return span(ago.isNegative() ? Duration.ZERO : ago);
    }

    /** The two largest units: {@code 3 d 4 h}, {@code 4 min 12 s}, {@code 0.4 s}. */
    public static String span(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            long tenths = time.toMillis() / 100;
            return tenths % 10 == 0 ? seconds + " s" : seconds + "." + tenths % 10 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return both(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return both(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return both(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String both(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
