package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.OfferingHour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How offerings did over days: the worst first, in shades and in words. */
class HeatPageTest {
    private static final Offering A = new Offering(new PoolName("spot-a"), CapacityType.SPOT, "eu-1a", "m5.xlarge");
    private static final Offering B = new Offering(new PoolName("spot-b"), CapacityType.SPOT, "eu-1b", "m5.xlarge");

    static HeatPage page(HeatPage.Kind kind, int days) {
        Frame frame = Samples.frame("Pools over time", "pools");
        Instant hour = frame.now().truncatedTo(ChronoUnit.HOURS);
        return HeatPage.of(
                frame,
                new HeatPage.Wanted(kind, days),
                List.of(
                        hour(A, hour.minus(30, ChronoUnit.HOURS), 4, 0, 1, 0),
                        hour(A, hour, 2, 1, 0, 0),
                        hour(B, hour.minus(1, ChronoUnit.HOURS), 0, 8, 10, 1200),
                        hour(B, hour, 0, 0, 1, 60)));
    }

    private static OfferingHour hour(Offering offering, Instant at, int came, int failed, int lost, int open) {
        return new OfferingHour(
                offering, at, came, failed, lost, Duration.ofHours(20), Duration.ofSeconds(open), Duration.ZERO);
    }

    @Test
    void the_one_that_loses_most_is_first_and_its_worst_hour_is_darkest() {
        HeatPage page = page(HeatPage.Kind.LOSSES, 7);
        assertThat(page.columns()).isEqualTo(168);
        assertThat(page.most()).isEqualTo(10);
        assertThat(page.lines()).extracting(HeatPage.Line::pool).containsExactly("spot-b", "spot-a");
        assertThat(page.lines().get(0).cells()).extracting(HeatPage.Cell::x).containsExactly(166, 167);
        assertThat(page.lines().get(0).cells()).extracting(HeatPage.Cell::shade).containsExactly(5, 1);
        assertThat(page.lines().get(0).cells())
                .extracting(HeatPage.Cell::breaker)
                .containsOnly("open");
        assertThat(page.lines().get(1).cells()).extracting(HeatPage.Cell::x).containsExactly(137);
    }

    @Test
    void what_a_map_shows_is_said_in_words_too() {
        HeatPage page = page(HeatPage.Kind.LOSSES, 7);
        assertThat(page.lines().get(0).sentence())
                .isEqualTo("spot-b: 11 nodes taken back; 2 of 168 hours with an open breaker");
        assertThat(page.lines().get(0).cells().get(0).title()).endsWith("10 nodes taken back, breaker open");
        assertThat(page.days()).filteredOn(day -> day.pool().equals("spot-b")).satisfiesExactly(day -> {
            assertThat(day.failed()).isEqualTo(8);
            assertThat(day.lost()).isEqualTo(11);
            assertThat(day.rate()).isEqualTo("27.5 %");
            assertThat(day.open()).isEqualTo("21 min");
        });
    }

    @Test
    void over_a_month_a_cell_is_four_hours_and_adds_up() {
        HeatPage page = page(HeatPage.Kind.LAUNCHES, 30);
        assertThat(page.columns()).isEqualTo(180);
        assertThat(page.lines().get(0).pool()).isEqualTo("spot-a");
        assertThat(page.lines().get(0).cells()).hasSize(2);
    }

    @Test
    void an_address_that_cannot_be_meant_is_the_usual_one() {
        assertThat(HeatPage.Wanted.of("<x>", "-4")).isEqualTo(new HeatPage.Wanted(HeatPage.Kind.LOSSES, 7));
        assertThat(HeatPage.Wanted.of("failures", "30")).isEqualTo(new HeatPage.Wanted(HeatPage.Kind.FAILURES, 30));
    }
}
