package dev.muster.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a cron line in a time zone. The library counts on the wall clock, without a zone; which instants a wall clock
 * shows is decided here: a time that is skipped ticks once, at the first instant after the gap; a time that comes twice ticks
 * the first time only, but twice where every hour ticks.
 */
public final class CronTimes {
    /** Longest line, in characters. */
    public static final int LONGEST = 200;

    /** How far back the first look for an earlier tick goes; each further one goes eight times as far. */
    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(10);

    /** Leap days that a century leaves out are eight years apart. */
    private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(9 * 366L);

    private static final CronDefinition FIVE_FIELDS = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .withValidRange(0, 59)
            .withStrictRange()
            .and()
            .withHours()
            .withValidRange(0, 23)
            .withStrictRange()
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .withStrictRange()
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .withStrictRange()
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .withStrictRange()
            .and()
            .withSupportedNicknameYearly()
            .withSupportedNicknameAnnually()
            .withSupportedNicknameMonthly()
            .withSupportedNicknameWeekly()
            .withSupportedNicknameDaily()
            .withSupportedNicknameMidnight()
            .withSupportedNicknameHourly()
            .instance();

    private final ExecutionTime wallClock;
    private final boolean everyHour;
    private final ZoneId zone;
    private final ZoneRules rules;

    private CronTimes(Cron cron, ZoneId zone) {
        this.wallClock = ExecutionTime.forCron(cron);
        this.everyHour =
                cron.retrieve(CronFieldName.HOUR).getExpression().asString().equals("*");
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /** @throws IllegalArgumentException where it is no line of cron; what never ticks is one */
    public static CronTimes of(String line, ZoneId zone) {
        if (line.length() > LONGEST) {
            throw new IllegalArgumentException("%d characters: expected at most %d".formatted(line.length(), LONGEST));
        }
        try {
            return new CronTimes(new CronParser(FIVE_FIELDS).parse(line).validate(), zone);
        } catch (RuntimeException e) {
            // The library refuses by several kinds of exceptions, the ones of slips in its parser among them.
            throw new IllegalArgumentException(
                    "'%s': expected five fields, minute hour day-of-month month day-of-week, or @hourly, @daily, @weekly,"
                                    .formatted(line)
                            + " @monthly, @yearly: " + reason(e),
                    e);
        }
    }

    public ZoneId zone() {
        return zone;
    }

    /** The first tick after {@code after}; empty where it never ticks again. */
    public Optional<Instant> next(Instant after) {
        Optional<Instant> found = next(after, LocalDateTime.ofInstant(after, zone));
        ZoneOffsetTransition coming = rules.nextTransition(after);
        boolean goesBack = found.isPresent()
                && coming != null
                && coming.isOverlap()
                && !coming.getInstant().isAfter(found.get());
        if (!goesBack) {
            return found;
        }
        // The wall clock will show again what it shows now, and before that first tick.
        Optional<Instant> again = next(after, coming.getDateTimeAfter().minusMinutes(1));
        return again.filter(at -> at.isBefore(found.get())).or(() -> found);
    }

    /** The first tick after {@code after} among those that the wall clock shows after {@code from}. */
    private Optional<Instant> next(Instant after, LocalDateTime from) {
        Instant found = null;
        Optional<ZonedDateTime> wall = wallClock.nextExecution(from.atZone(ZoneOffset.UTC));
        while (wall.isPresent()) {
            List<Instant> shown = instants(wall.get().toLocalDateTime());
            if (found != null && !shown.get(0).isBefore(found)) {
                break;
            }
            for (Instant at : shown) {
                if (at.isAfter(after) && (found == null || at.isBefore(found))) {
                    found = at;
                }
            }
            wall = wallClock.nextExecution(wall.get());
        }
        return Optional.ofNullable(found);
    }

    /** The next ticks after {@code after}, at most {@code most}. */
    public List<Instant> next(Instant after, int most) {
        List<Instant> ticks = new ArrayList<>();
        Instant at = after;
        while (ticks.size() < most) {
            Optional<Instant> tick = next(at);
            if (tick.isEmpty()) {
                break;
            }
            at = tick.get();
            ticks.add(at);
        }
        return ticks;
    }

    /** The last tick before {@code before}; empty where there was none in nine years. */
    public Optional<Instant> previous(Instant before) {
        for (Duration back = FIRST_LOOK_BACK; ; back = back.multipliedBy(8)) {
            Duration bounded = back.compareTo(LONGEST_LOOK_BACK) < 0 ? back : LONGEST_LOOK_BACK;
            Instant last = null;
            Optional<Instant> tick = next(before.minus(bounded));
            while (tick.isPresent() && tick.get().isBefore(before)) {
                last = tick.get();
                tick = next(last);
            }
            if (last != null || bounded.equals(LONGEST_LOOK_BACK)) {
                return Optional.ofNullable(last);
            }
        }
    }

    /** The instants at which the wall clock shows it, in order: where it is skipped, the end of the gap. */
    private List<Instant> instants(LocalDateTime wall) {
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        if (offsets.isEmpty()) {
            return List.of(rules.getTransition(wall).getInstant());
        }
        return offsets.stream()
                .limit(everyHour ? 2 : 1)
                .map(offset -> wall.toInstant(offset))
                .toList();
    }

    private static @Nullable String reason(RuntimeException e) {
        return e.getMessage() == null
                ? "it cannot be read"
                : e.getMessage().replace("Failed to parse cron expression. ", "");
    }
}
