package dev.muster.quota.breaker;

import static dev.muster.quota.breaker.BreakerState.CLOSED;
import static dev.muster.quota.breaker.BreakerState.HALF_OPEN;
import static dev.muster.quota.breaker.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.offering.OfferingFact;
import dev.muster.quota.offering.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private Breaker breaker = Breaker.CLOSED;
    private TrackRecord record = TrackRecord.from(NOON);
    private BreakerRules rules = BreakerRules.DEFAULT;

    private void see(OfferingFact fact) {
        record = record.after(fact);
        breaker = breaker.after(fact, record, rules);
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static OfferingFact.Failed failed(int minute) {
        return failed(minute, 0);
    }

    private static OfferingFact.Failed failed(int minute, int there) {
        return new OfferingFact.Failed(minute(minute), 4, there, "no capacity");
    }

    @Test
    void a_failed_launch_opens_it_for_three_minutes_and_then_one_gang_may_try() {
        see(failed(0));
        assertThat(breaker.state(NOON)).isEqualTo(OPEN);
        assertThat(breaker.passage(NOON)).isEqualTo(Passage.NONE);
        assertThat(breaker.why()).isEqualTo("no capacity");
        assertThat(breaker.halfOpenAt(NOON)).isEqualTo(minute(3));
        assertThat(breaker.state(minute(3))).isEqualTo(HALF_OPEN);
        assertThat(breaker.passage(minute(3))).isEqualTo(Passage.ONE_GANG);
    }

    @Test
    void each_time_in_a_row_it_stays_open_twice_as_long_up_to_half_an_hour() {
        int now = 0;
        for (int length : List.of(3, 6, 12, 24, 30, 30)) {
            see(failed(now));
            assertThat(breaker.halfOpenAt(minute(now))).isEqualTo(minute(now + length));
            now += length;
        }
    }

    @Test
    void failures_of_one_shortage_do_not_multiply() {
        see(failed(0));
        see(failed(1));
        see(failed(2));
        assertThat(breaker.state(minute(3))).isEqualTo(HALF_OPEN);
        assertThat(breaker.opened()).isEqualTo(1);
    }

    @Test
    void a_gang_that_got_all_its_nodes_closes_it_and_forgets_the_row() {
        see(failed(0));
        see(failed(3));
        see(new OfferingFact.Filled(minute(9), 4));
        assertThat(breaker.state(minute(9))).isEqualTo(CLOSED);
        see(failed(10));
        assertThat(breaker.halfOpenAt(minute(10))).isEqualTo(minute(13));
    }

    private static OfferingFact.Interrupted takenBack(int minute, int age) {
        return new OfferingFact.Interrupted(minute(minute), 1, 40, Duration.ofMinutes(age));
    }

    @Test
    void nodes_that_come_for_the_gang_that_tries_and_go_again_have_not_come() {
        see(failed(0));
        see(failed(3));
        see(new OfferingFact.Filled(minute(10), 4));
        see(takenBack(14, 5));
        assertThat(breaker.state(minute(14))).isEqualTo(OPEN);
        assertThat(breaker.halfOpenAt(minute(14)))
                .as("3, 6, and now 12 minutes")
                .isEqualTo(minute(26));
        assertThat(breaker.why()).isEqualTo("a node was taken back 4m after a gang that tried got it");
        see(new OfferingFact.Filled(minute(30), 4));
        see(takenBack(31, 2));
        assertThat(breaker.halfOpenAt(minute(31))).isEqualTo(minute(55));
    }

    @Test
    void nodes_that_stay_for_a_while_or_were_there_before_say_nothing_against_the_gang_that_tried() {
        see(failed(0));
        see(new OfferingFact.Filled(minute(4), 4));
        see(takenBack(6, 300));
        see(new OfferingFact.Interrupted(minute(7), 1, 40));
        see(takenBack(15, 9));
        assertThat(breaker.state(minute(15))).isEqualTo(CLOSED);
        see(failed(16));
        assertThat(breaker.halfOpenAt(minute(16))).isEqualTo(minute(19));
    }

    @Test
    void a_gang_that_got_its_nodes_from_a_closed_breaker_tried_nothing() {
        see(new OfferingFact.Filled(minute(4), 4));
        see(takenBack(6, 2));
        assertThat(breaker.state(minute(6))).isEqualTo(CLOSED);
    }

    @Test
    void while_it_is_open_lost_nodes_may_be_asked_for_up_to_as_many_as_there_were() {
        see(failed(0, 12));
        assertThat(breaker.state(minute(1))).isEqualTo(OPEN);
        assertThat(breaker.within(12)).isZero();
        assertThat(breaker.within(11)).isEqualTo(1);
        see(new OfferingFact.Seen(minute(1), 20));
        assertThat(breaker.within(11)).isEqualTo(9);
        see(failed(2, 15));
        assertThat(breaker.within(11)).isEqualTo(4);
        assertThat(breaker.halfOpenAt(minute(2))).isEqualTo(minute(3));
        assertThat(breaker.ordered(Breaker.Order.OPEN, "no").within(11)).isZero();
    }

    @Test
    void a_gang_that_got_what_was_there_before_says_nothing_of_what_was_short() {
        see(failed(0, 12));
        see(failed(3, 12));
        see(new OfferingFact.Filled(minute(4), 12));
        assertThat(breaker.state(minute(4))).isEqualTo(OPEN);
        see(failed(9, 12));
        assertThat(breaker.halfOpenAt(minute(9))).isEqualTo(minute(21));
        see(new OfferingFact.Filled(minute(22), 13));
        assertThat(breaker.state(minute(22))).isEqualTo(CLOSED);
    }

    @Test
    void nodes_that_come_for_the_gang_that_finds_out_count_when_it_has_them_all() {
        see(failed(0, 0));
        see(new OfferingFact.Seen(minute(4), 3));
        assertThat(breaker.state(minute(4))).isEqualTo(HALF_OPEN);
        see(new OfferingFact.Seen(minute(5), 4));
        see(new OfferingFact.Filled(minute(5), 4));
        assertThat(breaker.state(minute(5))).isEqualTo(CLOSED);
    }

    @Test
    void a_shortage_of_long_ago_is_forgotten_by_whatever_comes() {
        see(failed(0, 12));
        see(new OfferingFact.Filled(minute(40), 1));
        assertThat(breaker.state(minute(40)))
                .as("four of four nodes did not come, and one in twelve came back: that is no end of a shortage")
                .isEqualTo(HALF_OPEN);
        see(new OfferingFact.Filled(minute(181), 1));
        assertThat(breaker.state(minute(181))).isEqualTo(CLOSED);
    }

    @Test
    void after_a_shortage_it_says_when_nodes_are_likely_again() {
        see(failed(0, 12));
        assertThat(breaker.betterAt(record, minute(1))).isEqualTo(minute(3));
        assertThat(breaker.betterAt(record, minute(3))).isAfter(minute(60)).isBefore(minute(181));
        see(failed(3, 12));
        assertThat(breaker.betterAt(record, minute(4))).isEqualTo(minute(9));
        see(failed(9, 12));
        assertThat(breaker.betterAt(record, minute(10))).isEqualTo(minute(21));
        assertThat(breaker.state(minute(21))).isEqualTo(HALF_OPEN);
        assertThat(breaker.betterAt(record, minute(21))).isAfter(minute(90)).isBefore(minute(9 + 181));
        assertThat(breaker.betterAt(record, minute(9 + 181))).isNull();
    }

    @Test
    void where_most_of_what_was_asked_for_came_one_failure_keeps_nobody_away() {
        see(new OfferingFact.Came(minute(0), 36, Duration.ofMinutes(3)));
        see(failed(5, 20));
        assertThat(breaker.betterAt(record, minute(8))).isNull();
    }

    @Test
    void after_a_storm_nothing_may_be_asked_for() {
        see(new OfferingFact.Interrupted(NOON, 4, 4));
        assertThat(breaker.state(NOON)).isEqualTo(OPEN);
        assertThat(breaker.within(3)).isZero();
    }

    @Test
    void some_nodes_that_came_do_not_close_it() {
        see(failed(0));
        see(new OfferingFact.Came(minute(3), 8, Duration.ofMinutes(1)));
        see(failed(4));
        assertThat(breaker.halfOpenAt(minute(4))).isEqualTo(minute(10));
    }

    @Test
    void it_waits_for_as_many_failures_as_the_rules_say() {
        rules = new BreakerRules(2, 0, 5, Duration.ofMinutes(3), Duration.ofMinutes(30), 0.3, Duration.ofMinutes(10));
        see(failed(0));
        assertThat(breaker.state(NOON)).isEqualTo(CLOSED);
        see(failed(1));
        assertThat(breaker.state(minute(1))).isEqualTo(OPEN);
    }

    @Test
    void little_success_opens_it_before_that() {
        rules = new BreakerRules(9, 0.5, 5, Duration.ofMinutes(3), Duration.ofMinutes(30), 0.3, Duration.ofMinutes(10));
        see(failed(0));
        assertThat(breaker.state(NOON)).isEqualTo(CLOSED);
        see(failed(1));
        assertThat(breaker.state(minute(1))).isEqualTo(OPEN);
    }

    @Test
    void a_storm_of_interruptions_opens_it() {
        see(new OfferingFact.Interrupted(NOON, 1, 9));
        see(new OfferingFact.Interrupted(minute(5), 1, 8));
        assertThat(breaker.state(minute(5))).isEqualTo(CLOSED);
        see(new OfferingFact.Interrupted(minute(6), 1, 7));
        assertThat(breaker.state(minute(6))).isEqualTo(OPEN);
        assertThat(breaker.why()).isEqualTo("3 nodes were taken back within 10m");
    }

    @Test
    void interruptions_now_and_then_do_not() {
        for (int hour = 0; hour < 20; hour++) {
            see(new OfferingFact.Interrupted(minute(60 * hour), 1, 3));
        }
        assertThat(breaker.state(minute(60 * 20))).isEqualTo(CLOSED);
    }

    @Test
    void what_an_operator_says_stands_above_what_is_seen() {
        breaker = breaker.ordered(Breaker.Order.OPEN, "the market is closed");
        see(new OfferingFact.Filled(minute(1), 4));
        assertThat(breaker.state(minute(100))).isEqualTo(OPEN);
        assertThat(breaker.why()).isEqualTo("the market is closed");
        assertThat(breaker.halfOpenAt(minute(100))).isNull();
        assertThat(breaker.isDraining()).isFalse();
        assertThat(breaker.ordered(Breaker.Order.DRAIN, "retired").isDraining()).isTrue();
        assertThat(breaker.ordered(Breaker.Order.NONE, "back")).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void a_pool_is_open_where_all_its_offerings_are() {
        assertThat(PoolBreaker.of(List.of())).isEqualTo(CLOSED);
        assertThat(PoolBreaker.of(List.of(OPEN, OPEN))).isEqualTo(OPEN);
        assertThat(PoolBreaker.of(List.of(OPEN, HALF_OPEN))).isEqualTo(HALF_OPEN);
        assertThat(PoolBreaker.of(List.of(OPEN, CLOSED, HALF_OPEN))).isEqualTo(CLOSED);
    }
}
