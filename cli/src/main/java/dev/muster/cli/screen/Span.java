package dev.muster.cli.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people say them: {@code 850ms, 12s, 3m05s, 2h10m, 4d06h}. */
public final class Span {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Span() {}

    public static String of(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds == 0) {
            return Math.max(0, time.toMillis()) + "ms";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return "%dm%02ds".formatted(seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        return "%dd%02dh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** From one time to another; empty where either is missing. */
    public static String between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "" : of(Duration.between(from, to));
    }

    /** The time of day here. */
    public static String clock(Instant at) {
        return CLOCK.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Date and time of day here. */
    public static String date(@Nullable Instant at) {
        return at == null ? "" : DATE.format(at.atZone(ZoneId.systemDefault()));
    }
}
