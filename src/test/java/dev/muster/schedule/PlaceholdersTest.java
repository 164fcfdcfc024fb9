package dev.muster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for placeholders, and which are refused. */
class PlaceholdersTest {
    /** The night in which Berlin's clocks go forward. */
    private static final Placeholders NIGHT = new Placeholders(
            new Placeholders.Values(
                    new ScheduleName("nightly"),
                    "nightly-202603290100",
                    Instant.parse("2026-03-29T01:00:00Z"),
                    new Interval(Instant.parse("2026-03-28T01:00:00Z"), Instant.parse("2026-03-29T01:00:00Z")),
                    Instant.parse("2026-03-27T01:00:00Z")),
            ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            {{ interval.start }} => 2026-03-28T02:00:00+01:00
            {{interval.end}} => 2026-03-29T03:00:00+02:00
            {{ interval.start | yyyy-MM-dd HH:mm:ss }} => 2026-03-28 02:00:00
            from {{ interval.start | yyyy/MM/dd }} to {{ interval.end | yyyy/MM/dd }}! => from 2026/03/28 to 2026/03/29!
            {{ interval.end - 1d | yyyy-MM-dd HH:mm }} => 2026-03-28 03:00
            {{ interval.end - 24h | yyyy-MM-dd HH:mm }} => 2026-03-28 02:00
            {{ interval.end + 1mo - 1d | yyyy-MM-dd }} => 2026-04-28
            {{ scheduledAt | epoch }} => 1774746000
            {{ previousSuccess.end | yyyyMMdd }} => 20260327
            {{ runId }}/{{ schedule }} => nightly-202603290100/nightly
            {{ interval.start | 'day' D }} => day 87
            \\{{ kept }} => {{ kept }}
            none => none
            } and { and }} => } and { and }}
            {{ interval.start | yyyy$1 }} => 2026$1
            """)
    void placeholders_are_written_in_the_schedules_zone(String text, String expected) {
        assertThat(NIGHT.fill(text.replace("\\\\", "\\"))).isEqualTo(expected);
    }

    @Test
    void before_the_first_success_its_end_is_where_the_interval_starts() {
        Placeholders first = new Placeholders(
                new Placeholders.Values(
                        new ScheduleName("first"),
                        "first-1",
                        Instant.parse("2026-01-02T00:00:00Z"),
                        new Interval(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")),
                        null),
                ZoneId.of("UTC"));

        assertThat(first.fill("{{ previousSuccess.end }}")).isEqualTo("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ }}",
                "{{ date }}",
                "{{ interval }}",
                "{{ interval.start",
                "{{ interval.start + }}",
                "{{ interval.start - 1 }}",
                "{{ interval.start - 1q }}",
                "{{ interval.start | }}",
                "{{ interval.start | bbbb }}",
                "{{ interval.start | yyyy'x }}",
                "{{ runId | yyyy }}",
                "{{ schedule - 1d }}",
                "{{ interval.start + 999999y }}",
                "{{ {{ runId }} }}",
                "{{ interval.start - 1d foo }}",
                "{{ INTERVAL.START }}"
            })
    void what_is_no_placeholder_is_refused_with_what_is_expected(String text) {
        assertThatThrownBy(() -> NIGHT.fill(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(expected|no time|none that can be written).*");
    }
}
