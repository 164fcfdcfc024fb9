package dev.muster.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.pool.Pool;
import dev.muster.pool.Warm;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmTest {
    private static final QueueName QUEUE = new QueueName("notebooks");
    private static final Warm MORNINGS = new Warm(3, "45 7 * * 1-5", "Europe/Berlin", Duration.ofHours(2), null, null);
    private static final Warm WAITED_FOR = new Warm(2, null, null, null, QUEUE, Duration.ofMinutes(5));

    @Test
    void by_the_clock_it_holds_from_each_tick_on_for_as_long_as_it_lasts() {
        // Friday, winter: 7:45 in Berlin is 6:45.
        assertThat(holds(MORNINGS, "2026-11-27T06:44:59Z")).isFalse();
        assertThat(holds(MORNINGS, "2026-11-27T06:45:00Z")).isTrue();
        assertThat(holds(MORNINGS, "2026-11-27T08:44:59Z")).isTrue();
        assertThat(holds(MORNINGS, "2026-11-27T08:45:00Z")).isFalse();
        assertThat(holds(MORNINGS, "2026-11-28T07:00:00Z")).as("a Saturday").isFalse();
    }

    @Test
    void by_a_queue_it_holds_while_somebody_waits_too_long_there() {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        assertThat(WarmTimes.holds(WAITED_FOR, now, Map.of())).isFalse();
        assertThat(WarmTimes.holds(WAITED_FOR, now, Map.of(QUEUE, Duration.ofMinutes(5))))
                .isFalse();
        assertThat(WarmTimes.holds(WAITED_FOR, now, Map.of(QUEUE, Duration.ofSeconds(301))))
                .isTrue();
        assertThat(WarmTimes.holds(WAITED_FOR, now, Map.of(new QueueName("other"), Duration.ofHours(1))))
                .isFalse();
    }

    @Test
    void of_several_the_largest_that_holds_counts_and_never_more_than_the_pool_may_have() {
        Instant morning = Instant.parse("2026-11-27T07:00:00Z");
        Warm always = new Warm(1, null, null, null, null, null);
        assertThat(WarmTimes.nodes(pool(9, always, MORNINGS), morning, Map.of()))
                .isEqualTo(3);
        assertThat(WarmTimes.nodes(pool(9, always, MORNINGS), morning.plusSeconds(36_000), Map.of()))
                .isEqualTo(1);
        assertThat(WarmTimes.nodes(pool(2, MORNINGS), morning, Map.of())).isEqualTo(2);
        assertThat(WarmTimes.nodes(pool(9), morning, Map.of())).isZero();
    }

    private static boolean holds(Warm warm, String now) {
        return WarmTimes.holds(warm, Instant.parse(now), Map.of());
    }

    private static Pool pool(int most, Warm... warm) {
        return new Pool(
                new PoolName("spot"),
                0,
                Resources.of("cpu", 4000),
                Map.of(),
                List.of(),
                110,
                null,
                false,
                most,
                List.of(warm));
    }
}
