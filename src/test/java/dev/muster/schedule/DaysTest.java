package dev.muster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days begin where the clocks of a zone say so, also where those are changed. */
class DaysTest {
    @ParameterizedTest
    @CsvSource({
        "2026-10-25, Europe/Berlin, 25",
        "2026-03-29, Europe/Berlin, 23",
        "2026-10-26, Europe/Berlin, 24",
        "2026-10-25, UTC, 24",
        // Clocks are set at midnight there, which that day does not have.
        "2026-09-06, America/Santiago, 23",
        "2026-04-04, America/Santiago, 25",
        // Behind the line of dates it went from one day to the one after the next.
        "2011-12-30, Pacific/Apia, 0"
    })
    void a_day_is_as_long_as_its_clocks_make_it(LocalDate day, ZoneId zone, int hours) {
        List<Instant> bounds = new Days(day, 1, zone).bounds();

        assertThat(Duration.between(bounds.get(0), bounds.get(1))).hasHours(hours);
    }

    @Test
    void what_is_near_midnight_is_on_the_day_of_who_looks() {
        Days berlin = new Days(LocalDate.of(2026, 10, 24), 3, ZoneId.of("Europe/Berlin"));
        Days utc = new Days(berlin.first(), 3, ZoneOffset.UTC);
        Instant late = Instant.parse("2026-10-24T22:30:00Z");

        assertThat(utc.dayOf(late)).isEqualTo("2026-10-24");
        assertThat(berlin.dayOf(late)).isEqualTo("2026-10-25");
        assertThat(berlin.bounds())
                .containsExactly(
                        Instant.parse("2026-10-23T22:00:00Z"),
                        Instant.parse("2026-10-24T22:00:00Z"),
                        Instant.parse("2026-10-25T23:00:00Z"),
                        Instant.parse("2026-10-26T23:00:00Z"));
    }

    @Test
    void none_at_all_is_no_row_of_days() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Days(LocalDate.EPOCH, 0, ZoneOffset.UTC))
                .withMessage("Bad count of days 0: expected 1 or more");
    }
}
