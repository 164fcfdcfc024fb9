package dev.muster.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders in texts of a job, between two braces: a word, offsets, a form, such as {@code interval.start - 1d | yyyy-MM-dd}.
 * They are filled in when a run is made, so that whoever tries again reads the same. A backslash before two braces keeps them.
 */
public final class Placeholders {
    private static final Pattern BRACES = Pattern.compile("\\\\\\{\\{|\\{\\{(.*?)}}|\\{\\{", Pattern.DOTALL);
    private static final Pattern INSIDE = Pattern.compile(
            "\\s*([A-Za-z.]+)((?:\\s*[-+]\\s*\\d{1,6}(?:mo|[ywdhms]))*)\\s*(?:\\|(.*))?", Pattern.DOTALL);
    private static final Pattern OFFSET = Pattern.compile("([-+])\\s*(\\d{1,6})(mo|[ywdhms])");

    /** The words that stand for a time, and how each is found. */
    private static final Map<String, BiFunction<Values, ZoneId, Instant>> TIMES = Map.of(
            "interval.start", (values, zone) -> values.interval().start(),
            "interval.end", (values, zone) -> values.interval().end(),
            "scheduledAt", (values, zone) -> values.tick(),
            "previousSuccess.end",
                    (values, zone) ->
                            values.previousSuccess() == null ? values.interval().start() : values.previousSuccess());

    private static final String RUN = "runId";
    private static final String SCHEDULE = "schedule";

    /** All words, for messages. */
    public static final List<String> WORDS =
            List.of("interval.start", "interval.end", "scheduledAt", "previousSuccess.end", RUN, SCHEDULE);

    private final Values values;
    private final ZoneId zone;

    /** For one run. {@code zone} is that of offsets and forms. */
    public Placeholders(Values values, ZoneId zone) {
        this.values = values;
        this.zone = zone;
    }

    /** What placeholders of one run stand for. {@code previousSuccess}: the end of the last interval that succeeded before; null: none yet. */
    public record Values(
            ScheduleName schedule,
            String run,
            Instant tick,
            Interval interval,
            @Nullable Instant previousSuccess) {}

    /** @throws IllegalArgumentException where there is a placeholder that is none, with what is expected */
    public String fill(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Matcher braces = BRACES.matcher(text);
        StringBuilder filled = new StringBuilder(text.length() + 32);
        while (braces.find()) {
            braces.appendReplacement(filled, Matcher.quoteReplacement(filled(braces)));
        }
        return braces.appendTail(filled).toString();
    }

    private String filled(Matcher braces) {
        if (braces.group().startsWith("\\")) {
            return "{{";
        }
        if (braces.group(1) == null) {
            throw new IllegalArgumentException("'{{' without '}}': expected {{ WORD }}, or \\{{ for two braces");
        }
        Matcher inside = INSIDE.matcher(braces.group(1));
        if (!inside.matches()) {
            throw unknown(braces.group());
        }
        String word = inside.group(1);
        boolean bare = inside.group(2).isEmpty() && inside.group(3) == null;
        if (word.equals(RUN) || word.equals(SCHEDULE)) {
            if (!bare) {
                throw new IllegalArgumentException(
                        "'%s': '%s' is no time, it has neither offset nor form".formatted(braces.group(), word));
            }
            return word.equals(RUN) ? values.run() : values.schedule().value();
        }
        BiFunction<Values, ZoneId, Instant> time = TIMES.get(word);
        if (time == null) {
            throw unknown(braces.group());
        }
        return written(
                moved(time.apply(values, zone).atZone(zone), inside.group(2), braces.group()),
                inside.group(3),
                braces.group());
    }

    private static ZonedDateTime moved(ZonedDateTime time, String offsets, String shown) {
        ZonedDateTime at = time;
        Matcher each = OFFSET.matcher(offsets);
        while (each.find()) {
            long amount = Long.parseLong(each.group(2)) * (each.group(1).equals("-") ? -1 : 1);
            at = moved(at, amount, each.group(3));
        }
        if (at.getYear() < 1 || at.getYear() > 9999) {
            throw new IllegalArgumentException(
                    "'%s': the year %d is none that can be written".formatted(shown, at.getYear()));
        }
        return at;
    }

    /** Days and longer are steps in the calendar, whatever the clock does meanwhile; hours and shorter are time that passes. */
    private static ZonedDateTime moved(ZonedDateTime at, long amount, String unit) {
        return switch (unit) {
            case "y" -> at.plus(Period.ofYears((int) amount));
            case "mo" -> at.plus(Period.ofMonths((int) amount));
            case "w" -> at.plus(amount, ChronoUnit.WEEKS);
            case "d" -> at.plus(amount, ChronoUnit.DAYS);
            case "h" -> at.plus(amount, ChronoUnit.HOURS);
            case "m" -> at.plus(amount, ChronoUnit.MINUTES);
            case "s" -> at.plus(amount, ChronoUnit.SECONDS);
            default -> throw new IllegalStateException("Not in the pattern: " + unit);
        };
    }

    private static String written(ZonedDateTime at, @Nullable String form, String shown) {
        if (form == null) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.SECONDS));
        }
        String pattern = form.strip();
        if (pattern.equals("epoch")) {
            return Long.toString(at.toEpochSecond());
        }
        try {
            if (pattern.isEmpty()) {
                throw new IllegalArgumentException("it is empty");
            }
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s': expected a form such as yyyy-MM-dd HH:mm:ss, or epoch: %s".formatted(shown, e.getMessage()),
                    e);
        }
    }

    private static IllegalArgumentException unknown(String shown) {
        return new IllegalArgumentException(
                "'%s': expected one of %s, a time with offsets such as - 1d and a form such as | yyyy-MM-dd"
                        .formatted(
                                shown.length() > 80 ? shown.substring(0, 80) + "…" : shown, String.join(", ", WORDS)));
    }
}
