package dev.muster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When ticks are, above all where clocks are put forward and back. */
class CronTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * *         | UTC              | 2026-11-26T20:00:00Z | 2026-11-27T03:00:00Z 2026-11-28T03:00:00Z
            0 3 * * *         | Asia/Kolkata     | 2026-11-26T20:00:00Z | 2026-11-26T21:30:00Z 2026-11-27T21:30:00Z
            */20 * * * *      | UTC              | 2026-11-26T20:00:00Z | 2026-11-26T20:20:00Z 2026-11-26T20:40:00Z
            0 9 * * MON-FRI   | UTC              | 2026-11-27T09:00:00Z | 2026-11-30T09:00:00Z 2026-12-01T09:00:00Z
            0 0 13 * 5        | UTC              | 2026-12-10T00:00:00Z | 2026-12-11T00:00:00Z 2026-12-13T00:00:00Z
            0 0 29 2 *        | UTC              | 2026-11-26T20:00:00Z | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
            @weekly           | UTC              | 2026-11-26T20:00:00Z | 2026-11-29T00:00:00Z 2026-12-06T00:00:00Z
            """)
    void ticks_are_where_the_line_says(String line, String zone, Instant after, String expected) {
        assertThat(CronTimes.of(line, ZoneId.of(zone)).next(after, 2)).containsExactlyElementsOf(instants(expected));
    }

    /** Clocks go from 02:00 to 03:00 on 29 March 2026 and from 03:00 to 02:00 on 25 October; Lord Howe moves by half an hour. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
            30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
            0 3 * * *    | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z
            0 * * * *    | Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
            0 * * * *    | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z
            */30 * * * * | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z
            30 * * * *   | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z
            0 */2 * * *  | Europe/Berlin       | 2026-10-24T22:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T03:00:00Z
            45 1 * * *   | Australia/Lord_Howe | 2026-04-03T20:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
            0 0 * * *    | America/Santiago    | 2026-09-05T12:00:00Z | 2026-09-06T04:00:00Z 2026-09-07T03:00:00Z
            0 3 * * *    | Pacific/Apia        | 2011-12-29T15:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T13:00:00Z
            """)
    void a_time_that_is_skipped_ticks_once_after_it_and_one_that_comes_twice_ticks_once_unless_every_hour_does(
            String line, String zone, Instant after, String expected) {
        assertThat(CronTimes.of(line, ZoneId.of(zone)).next(after, 2)).containsExactlyElementsOf(instants(expected));
    }

    @Test
    void every_minute_of_a_day_with_25_hours_ticks_once_and_in_order() {
        CronTimes times = CronTimes.of("* * * * *", BERLIN);
        Instant midnight =
                LocalDateTime.parse("2026-10-25T00:00:00").atZone(BERLIN).toInstant();

        List<Instant> ticks = times.next(midnight.minusSeconds(1), 25 * 60);

        assertThat(new TreeSet<>(ticks)).hasSize(25 * 60);
        assertThat(ticks).isSorted();
        assertThat(ticks.get(25 * 60 - 1)).isEqualTo(midnight.plusSeconds((25 * 60 - 1) * 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30 2 * * *", "*/30 * * * *", "0 0 1 * *", "15 4 29 2 *", "0 12 * * 1", "59 23 31 12 *"})
    void the_tick_before_a_tick_is_the_one_that_it_follows(String line) {
        CronTimes times = CronTimes.of(line, BERLIN);
        List<Instant> ticks = times.next(Instant.parse("2026-03-28T00:00:00Z"), 60);

        for (int i = 1; i < ticks.size(); i++) {
            assertThat(times.previous(ticks.get(i))).contains(ticks.get(i - 1));
            assertThat(times.previous(ticks.get(i).plusNanos(1))).contains(ticks.get(i));
        }
    }

    @Test
    void what_never_ticks_says_so() {
        assertThat(CronTimes.of("0 0 30 2 *", BERLIN).next(Instant.EPOCH)).isEmpty();
        assertThat(CronTimes.of("0 0 31 2,4,6 *", BERLIN).next(Instant.EPOCH)).isEmpty();
        assertThat(CronTimes.of("0 0 30 2 *", BERLIN).previous(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "61 * * * *", "-1 * * * *", "* * * *", "* * * * * *", "a b c d e", "*/0 * * * *",
                        "5-1 * * * *",
                "0 0 32 * *", "0 24 * * *", "0 0 L * *", "|| * * * *", "9999999999 * * * *", "@every 5m", "@reboot",
                        "@", ", , , , ,"
            })
    void a_line_that_is_none_is_refused_with_what_is_expected(String line) {
        assertThatThrownBy(() -> CronTimes.of(line, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected five fields");
        assertThatThrownBy(() -> CronTimes.of("0".repeat(300), BERLIN)).hasMessageContaining("at most 200");
    }

    private static List<Instant> instants(String text) {
        return List.of(text.split(" ")).stream().map(Instant::parse).toList();
    }
}
