package dev.muster.quota.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.fallback.Fallback.Answer;
import dev.muster.quota.fallback.Fallback.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When waiting for spot nodes is no longer worth it. */
class FallbackTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final FallbackRules RULES =
            new FallbackRules(100, Duration.ofDays(7), Duration.ofMinutes(30), Duration.ofMinutes(15), 0);

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    /** Since noon. */
    private static Waiting waiting(int now, @Nullable Instant latestStart, boolean breakersOpen, int spotAt) {
        return new Waiting(
                minute(now), NOON, latestStart, breakersOpen, minute(spotAt), BigDecimal.TEN, BigDecimal.ONE);
    }

    private static Fallback of(Waiting job) {
        return Fallback.of(job, RULES, BigDecimal.ZERO);
    }

    @Test
    void it_waits_as_long_as_spot_nodes_may_come_at_any_time() {
        assertThat(of(waiting(600, null, false, 600)).answer()).isEqualTo(Answer.STAYS);
    }

    @Test
    void breakers_that_are_open_are_waited_for_half_an_hour() {
        Fallback early = of(waiting(10, null, true, 12));
        assertThat(early.answer()).isEqualTo(Answer.STAYS);
        assertThat(early.bound()).isEqualTo(minute(30));
        assertThat(early.message())
                .isEqualTo(
                        "waits for spot nodes until 2026-01-01T12:30:00Z, then it may use others (the breakers of its spot offerings are open)");
        Fallback late = of(waiting(30, null, true, 30));
        assertThat(late.answer()).isEqualTo(Answer.GRANTED);
        assertThat(late.rule()).isEqualTo(Rule.BREAKER_OPEN);
        assertThat(late.cost()).isEqualByComparingTo("10");
        assertThat(late.numbers()).containsEntry("spent", "0.00").containsEntry("budget", "100.00");
    }

    @Test
    void nobody_waits_for_what_is_known_to_come_too_late() {
        assertThat(of(waiting(5, null, true, 29)).answer()).isEqualTo(Answer.STAYS);
        assertThat(of(waiting(5, null, true, 31)).answer()).isEqualTo(Answer.GRANTED);
    }

    @Test
    void a_queue_timeout_that_comes_near_is_reason_enough() {
        Instant timeout = minute(60);
        assertThat(of(waiting(44, timeout, false, 44)).answer()).isEqualTo(Answer.STAYS);
        Fallback near = of(waiting(45, timeout, false, 45));
        assertThat(near.answer()).isEqualTo(Answer.GRANTED);
        assertThat(near.rule()).isEqualTo(Rule.QUEUE_TIMEOUT);
    }

    @Test
    void waiting_may_cost_as_much_as_the_dearer_nodes_and_no_more() {
        FallbackRules rules = new FallbackRules(100, Duration.ofDays(7), Duration.ofHours(9), Duration.ZERO, 3);
        // 9 dearer, at 3 an hour.
        assertThat(Fallback.of(waiting(179, null, false, 179), rules, BigDecimal.ZERO)
                        .answer())
                .isEqualTo(Answer.STAYS);
        Fallback late = Fallback.of(waiting(180, null, false, 180), rules, BigDecimal.ZERO);
        assertThat(late.answer()).isEqualTo(Answer.GRANTED);
        assertThat(late.rule()).isEqualTo(Rule.WAITING_COST);
    }

    @Test
    void the_budget_holds_to_the_last_unit_and_says_what_is_spent() {
        Waiting job = waiting(31, null, true, 31);
        assertThat(Fallback.of(job, RULES, BigDecimal.valueOf(90)).answer()).isEqualTo(Answer.GRANTED);
        Fallback refused = Fallback.of(job, RULES, new BigDecimal("90.01"));
        assertThat(refused.answer()).isEqualTo(Answer.REFUSED);
        assertThat(refused.message())
                .isEqualTo(
                        "may not use nodes that are not spot: it would cost up to 10.00, and of 100.00 in 7d its team has spent 90.01");
    }

    @Test
    void what_nobody_knows_the_cost_of_is_refused() {
        Waiting job = new Waiting(minute(31), NOON, null, true, minute(31), null, BigDecimal.ZERO);
        assertThat(of(job).answer()).isEqualTo(Answer.REFUSED);
        assertThat(of(job).message()).contains("no maxRunTime");
    }

    @Test
    void without_a_budget_nobody_falls_back() {
        assertThat(Fallback.of(waiting(900, minute(1), true, 900), FallbackRules.OFF, BigDecimal.ZERO)
                        .answer())
                .isEqualTo(Answer.STAYS);
    }
}
