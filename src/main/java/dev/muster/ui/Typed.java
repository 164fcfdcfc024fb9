package dev.muster.ui;

import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A point in time as a form has it: a date and a time of day in the reader's zone. */
final class Typed {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

    private Typed() {}

    static String text(@Nullable Instant at, ZoneId zone) {
        return at == null ? "" : FIELD.format(at.atZone(zone));
    }

    /**
     * Null where nothing was typed. An hour that comes twice is its first.
     *
     * @throws MusterException where it is no time
     */
    static @Nullable Instant read(String field, String typed, ZoneId zone) {
        if (typed.isBlank()) {
            return null;
        }
        try {
            return typed.endsWith("Z")
                    ? Instant.parse(typed)
                    : LocalDateTime.parse(typed).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw MusterException.invalid(new Fault(
                    "/" + field,
                    Fault.Kind.BAD_VALUE,
                    "'%s' is not a date and a time of day".formatted(MusterException.shown(typed)),
                    "For example, in %s: 2026-12-24T18:00".formatted(Zones.name(zone))));
        }
    }
}
