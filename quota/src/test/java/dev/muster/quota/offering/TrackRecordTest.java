package dev.muster.quota.offering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrackRecordTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static TrackRecord after(OfferingFact... facts) {
        TrackRecord record = TrackRecord.from(NOON);
        for (OfferingFact fact : facts) {
            record = record.after(fact);
        }
        return record;
    }

    @Test
    void without_facts_four_of_five_launches_are_believed_to_work() {
        assertThat(after().success()).isEqualTo(0.8, within(1e-9));
        assertThat(after().interruptionsPerNodeHour()).isEqualTo(0.01, within(1e-9));
    }

    @Test
    void success_follows_what_is_seen() {
        assertThat(after(new OfferingFact.Came(NOON, 10, MINUTE)).success()).isGreaterThan(0.95);
        assertThat(after(new OfferingFact.Failed(NOON, 10, 0, "none")).success())
                .isLessThan(0.2);
    }

    @Test
    void a_fact_weighs_half_after_half_an_hour() {
        TrackRecord record = after(new OfferingFact.Failed(NOON, 8, 0, "none"));
        assertThat(record.at(NOON.plus(TrackRecord.HALF_LIFE)).failed()).isEqualTo(4, within(1e-9));
        assertThat(record.at(NOON.plus(Duration.ofDays(30))).success()).isEqualTo(0.8, within(1e-9));
    }

    @Test
    void after_failures_nodes_are_likely_to_come_again_when_those_are_nearly_forgotten() {
        assertThat(after().likelyAt()).isNull();
        assertThat(after(new OfferingFact.Came(NOON, 10, MINUTE), new OfferingFact.Failed(NOON, 1, 10, "none"))
                        .likelyAt())
                .isNull();
        TrackRecord record = after(new OfferingFact.Failed(NOON, 1, 0, "none"));
        Instant likely = record.likelyAt();
        assertThat(likely).isBetween(NOON.plus(Duration.ofMinutes(77)), NOON.plus(Duration.ofMinutes(78)));
        assertThat(record.at(likely).likelyAt()).isNull();
        assertThat(record.at(likely.minusSeconds(1)).likelyAt()).isNotNull();
        assertThat(after(new OfferingFact.Failed(NOON, 1_000, 0, "none")).likelyAt())
                .isEqualTo(NOON.plus(Duration.ofHours(3)));
    }

    @Test
    void in_pieces_it_weighs_the_same_as_at_once() {
        TrackRecord record = after(new OfferingFact.Came(NOON, 8, MINUTE));
        TrackRecord once = record.at(NOON.plusSeconds(5_000));
        TrackRecord pieces = record;
        for (int second = 0; second <= 5_000; second += 50) {
            pieces = pieces.at(NOON.plusSeconds(second));
        }
        assertThat(pieces.came()).isEqualTo(once.came(), within(1e-9));
    }

    @Test
    void a_clock_that_goes_backwards_weighs_nothing_anew() {
        TrackRecord record = after(new OfferingFact.Failed(NOON, 8, 0, "none"));
        assertThat(record.at(NOON.minusSeconds(3_600))).isEqualTo(record);
        assertThat(record.after(new OfferingFact.Failed(NOON.minusSeconds(60), 1, 0, "none"))
                        .failed())
                .isEqualTo(9);
    }

    @Test
    void interruptions_count_against_the_time_that_nodes_ran() {
        TrackRecord record =
                after(new OfferingFact.Ran(NOON, Duration.ofHours(90)), new OfferingFact.Interrupted(NOON, 10, 5));
        assertThat(record.interruptionsPerNodeHour()).isEqualTo(0.101, within(1e-9));
    }

    @Test
    void launch_times_give_quantiles() {
        LaunchTimes times = LaunchTimes.NONE;
        for (int second = 1; second <= 100; second++) {
            times = times.after(new OfferingFact.Came(NOON, 1, Duration.ofSeconds(second)));
        }
        assertThat(times.quantile(0.5, NOON)).contains(Duration.ofSeconds(50));
        assertThat(times.quantile(0.99, NOON)).contains(Duration.ofSeconds(99));
        assertThat(LaunchTimes.NONE.quantile(0.5, NOON)).isEmpty();
    }

    @Test
    void the_last_hundred_launches_are_remembered() {
        TrackRecord record =
                after(new OfferingFact.Came(NOON, 5, Duration.ofHours(5)), new OfferingFact.Came(NOON, 1_000, MINUTE));
        assertThat(record.times().size()).isEqualTo(100);
        assertThat(record.times().quantile(1, NOON)).contains(MINUTE);
    }

    @Test
    void old_launches_weigh_less() {
        LaunchTimes times = LaunchTimes.NONE
                .after(new OfferingFact.Came(NOON.minus(Duration.ofDays(7)), 10, Duration.ofMinutes(30)))
                .after(new OfferingFact.Came(NOON, 10, MINUTE));
        assertThat(times.quantile(0.9, NOON)).contains(MINUTE);
    }

    @Test
    void the_deadline_follows_the_offerings_own_launches_within_bounds() {
        LaunchDeadline rules = LaunchDeadline.DEFAULT;
        assertThat(rules.of(LaunchTimes.NONE, NOON)).isEqualTo(Duration.ofMinutes(10));
        assertThat(rules.of(
                        after(new OfferingFact.Came(NOON, 9, Duration.ofSeconds(5)))
                                .times(),
                        NOON))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(rules.of(
                        after(new OfferingFact.Came(NOON, 9, Duration.ofMinutes(4)))
                                .times(),
                        NOON))
                .isEqualTo(Duration.ofMinutes(6));
        assertThat(rules.of(
                        after(new OfferingFact.Came(NOON, 9, Duration.ofDays(4)))
                                .times(),
                        NOON))
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new OfferingFact.Came(NOON, 0, MINUTE)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> new OfferingFact.Came(NOON, 1, MINUTE.negated()))
                .hasMessageContaining("asked for");
        assertThatThrownBy(() -> new LaunchDeadline(MINUTE, MINUTE, MINUTE, 0.5))
                .hasMessageContaining("factor");
    }
}
