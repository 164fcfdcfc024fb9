package dev.muster.web;

import dev.muster.problem.MusterException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 1h30m}, {@code 90s}, {@code 2d}, {@code 500ms}, or ISO 8601 ({@code PT1H30M}). */
final class DurationText {
    /** Longest duration: ten years. */
    static final Duration LONGEST = Duration.ofDays(3653);

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final Duration[] UNITS = {
        Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(1)
    };

    private static final String[] NAMES = {"d", "h", "m", "s", "ms"};

    private DurationText() {}

    /** @throws IllegalArgumentException where it is no duration, negative, or longer than {@link #LONGEST} */
    static Duration parse(String text) {
        Duration duration = text.isEmpty() || text.length() > 40 ? null : read(text);
        if (duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "'%s': expected a duration such as 1h30m, 90s or PT1H30M, at most ten years"
                            .formatted(MusterException.shown(text)));
        }
        return duration;
    }

    /** The shortest of the first form: {@code 1h30m}. */
    static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        // Not by dividing durations, which is done with large decimals: lists ask it of every job several times.
        long[] counts = {
            duration.toDaysPart(),
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart(),
            duration.toMillisPart()
        };
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                text.append(counts[i]).append(NAMES[i]);
            }
        }
        return text.length() == 0 ? "0s" : text.toString();
    }

    private static @Nullable Duration read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            try {
                return text.toUpperCase(Locale.ROOT).startsWith("P") ? Duration.parse(text) : null;
            } catch (DateTimeException e) {
                return null;
            }
        }
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            if (form.group(i + 1) != null) {
                sum = sum.plus(UNITS[i].multipliedBy(Long.parseLong(form.group(i + 1))));
            }
        }
        return sum;
    }
}
