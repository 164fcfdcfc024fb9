package dev.muster.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/** Days in a row as the clocks of a zone show them: where those are changed, one is shorter or longer than the others. */
public record Days(LocalDate first, int count, ZoneId zone) {
    public Days {
        if (count < 1) {
            throw new IllegalArgumentException("Bad count of days %d: expected 1 or more".formatted(count));
        }
    }

    public LocalDate day(int index) {
        return first.plusDays(index);
    }

    /** Where each begins, and at last where the last one ends. */
    public List<Instant> bounds() {
        return IntStream.rangeClosed(0, count)
                .mapToObj(index -> day(index).atStartOfDay(zone).toInstant())
                .toList();
    }

    /** The day on which that is, also where it is none of these. */
    public LocalDate dayOf(Instant at) {
        return at.atZone(zone).toLocalDate();
    }
}
