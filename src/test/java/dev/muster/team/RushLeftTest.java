package dev.muster.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RushLeftTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void what_is_left_is_the_least_of_all_windows() {
        RushAllowance allowance = new RushAllowance(3, 4, 2, null);
        List<RushUse> uses = List.of(use("ana", 1), use("bo", 2), use("ana", 30));

        assertThat(RushLeft.of(allowance, uses, "ana", 1, NOW)).isEqualTo(new RushLeft(1, null));
        assertThat(RushLeft.of(allowance, uses, "cleo", 1, NOW).left()).isEqualTo(1);
        assertThat(RushLeft.of(allowance, List.of(), "cleo", 1, NOW).left()).isEqualTo(2);
    }

    @Test
    void the_next_is_free_when_every_window_has_room() {
        RushAllowance allowance = new RushAllowance(2, 3, null, null);
        List<RushUse> uses = List.of(use("ana", 1), use("ana", 5), use("bo", 100));

        assertThat(RushLeft.of(allowance, uses, "ana", 1, NOW))
                .isEqualTo(new RushLeft(0, NOW.minus(Duration.ofHours(100)).plus(Duration.ofDays(7))));
        assertThat(RushLeft.of(new RushAllowance(2, null, null, null), uses, "ana", 1, NOW))
                .isEqualTo(new RushLeft(0, NOW.plus(Duration.ofHours(19))));
        assertThat(RushLeft.of(new RushAllowance(2, null, null, null), uses, "ana", 2, NOW)
                        .nextAt())
                .isEqualTo(NOW.plus(Duration.ofHours(23)));
    }

    @Test
    void more_at_once_than_is_ever_allowed_has_no_next_time() {
        RushLeft left = RushLeft.of(new RushAllowance(2, null, null, null), List.of(use("ana", 1)), "ana", 3, NOW);

        assertThat(left).isEqualTo(new RushLeft(1, null));
        assertThat(left.isEnough(3)).isFalse();
    }

    @Test
    void a_use_is_forgotten_when_its_window_is_over_to_the_moment() {
        RushAllowance allowance = new RushAllowance(1, null, null, null);

        assertThat(RushLeft.of(allowance, List.of(use("ana", 24)), "ana", 1, NOW)
                        .left())
                .isEqualTo(1);
        assertThat(RushLeft.of(
                        allowance,
                        List.of(new RushUse("ana", NOW.minus(Duration.ofDays(1)).plusMillis(1))),
                        "ana",
                        1,
                        NOW))
                .isEqualTo(new RushLeft(0, NOW.plusMillis(1)));
    }

    @Test
    void none_is_none_and_what_is_not_said_is_not_counted() {
        assertThat(RushLeft.of(new RushAllowance(0, null, null, null), List.of(), "ana", 1, NOW))
                .isEqualTo(new RushLeft(0, null));
        assertThat(RushLeft.of(new RushAllowance(null, null, null, null), List.of(use("ana", 1)), "ana", 9, NOW)
                        .isEnough(9))
                .isTrue();
    }

    private static RushUse use(String actor, int hoursAgo) {
        return new RushUse(actor, NOW.minus(Duration.ofHours(hoursAgo)));
    }
}
