package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are shown in the zone that was chosen, and what is typed is read in it; none is meant twice. */
class ZonesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

    private static String brief(String at, ZoneId zone) {
        return new Moment(Instant.parse(at), NOW).brief(zone);
    }

    @Test
    void a_time_is_told_in_the_zone_with_its_day_where_it_is_far_and_its_year_where_it_is_farther() {
        assertThat(brief("2026-11-21T09:00:00Z", ZoneOffset.UTC)).isEqualTo("09:00:00");
        assertThat(brief("2026-11-21T09:00:00Z", BERLIN)).isEqualTo("10:00:00");
        assertThat(brief("2026-11-23T23:30:00Z", BERLIN)).isEqualTo("24 Nov 00:30");
        assertThat(brief("2027-07-01T12:00:00Z", BERLIN)).isEqualTo("1 Jul 2027 14:00");
        assertThat(new Moment(NOW, NOW).utc()).isEqualTo("21 Nov 2026 09:30:00 UTC");
    }

    @Test
    void an_hour_that_comes_twice_says_which_it_is() {
        assertThat(brief("2026-10-25T00:30:00Z", BERLIN)).isEqualTo("25 Oct 02:30 +02:00");
        assertThat(brief("2026-10-25T01:30:00Z", BERLIN)).isEqualTo("25 Oct 02:30 +01:00");
        assertThat(brief("2026-10-25T02:30:00Z", BERLIN)).isEqualTo("25 Oct 03:30");
    }

    @Test
    void what_is_typed_is_read_as_it_was_shown() {
        Instant at = Instant.parse("2026-12-24T17:00:00Z");

        assertThat(Typed.text(at, BERLIN)).isEqualTo("2026-12-24T18:00");
        assertThat(Typed.read("until", "2026-12-24T18:00", BERLIN)).isEqualTo(at);
        assertThat(Typed.read("until", "2026-12-24T17:00:00Z", BERLIN)).isEqualTo(at);
        assertThat(Typed.read("until", " ", BERLIN)).isNull();
        assertThat(Typed.text(null, BERLIN)).isEmpty();
        assertThat(Typed.read("until", "2026-10-25T02:30", BERLIN)).isEqualTo("2026-10-25T00:30:00Z");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Europe/Nowhere", "+02:00", "GMT+5", "../../etc/passwd", "<script>", "europe/berlin"})
    void what_is_no_zone_is_none(String name) {
        assertThat(Zones.zone(name)).isEmpty();
    }

    @Test
    void a_zone_is_known_by_its_name_and_offset() {
        assertThat(Zones.zone("Europe/Berlin")).contains(BERLIN);
        assertThat(Zones.zone("UTC")).contains(ZoneOffset.UTC);
        assertThat(Zones.name(ZoneOffset.UTC)).isEqualTo("UTC");
        assertThat(Zones.offset(BERLIN, NOW)).isEqualTo("UTC+01:00");
        assertThat(Zones.offset(BERLIN, NOW.minus(Duration.ofDays(120)))).isEqualTo("UTC+02:00");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/jobs?state=QUEUED, /ui/jobs?state=QUEUED",
        "/ui, /ui",
        "https://elsewhere.example/ui, /ui",
        "//elsewhere.example, /ui",
        "/ui//elsewhere.example, /ui",
        "/ui\\elsewhere, /ui",
        "/uix, /ui",
        "/api/v1/jobs, /ui"
    })
    void the_way_back_leads_to_a_page_and_nowhere_else(String asked, String led) {
        assertThat(ZonePages.own(asked)).isEqualTo(led);
    }

    @Test
    void a_page_tells_times_in_the_zone_of_who_looks() {
        String page = Drawing.draw("quotarequest", QuotaSamples.open(), BERLIN);

        assertThat(page)
                .contains(
                        "<time datetime=\"2026-11-22T10:30:00Z\" title=\"22 Nov 2026 10:30:00 UTC\" data-form=\"brief\">22 Nov 11:30</time>");
    }
}
