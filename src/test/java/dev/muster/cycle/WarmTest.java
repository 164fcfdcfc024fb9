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
import java.util.Set;
import java.util.TreeSet;
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
        assertThat(WarmTimes.nodes(pool(9, always, MORNINGS), morning, Map.of(), WarmAhead.NOTHING))
                .isEqualTo(3);
        assertThat(WarmTimes.nodes(pool(9, always, MORNINGS), morning.plusSeconds(36_000), Map.of(), WarmAhead.NOTHING))
                .isEqualTo(1);
        assertThat(WarmTimes.nodes(pool(2, MORNINGS), morning, Map.of(), WarmAhead.NOTHING))
                .isEqualTo(2);
        assertThat(WarmTimes.nodes(pool(9), morning, Map.of(), WarmAhead.NOTHING))
                .isZero();
        assertThat(WarmTimes.nodes(pool(9, always), morning, Map.of(), need(4))).isEqualTo(4);
        assertThat(WarmTimes.nodes(pool(9, MORNINGS), morning, Map.of(), need(2)))
                .isEqualTo(3);
        assertThat(WarmTimes.nodes(pool(3), morning, Map.of(), need(4))).isEqualTo(3);
    }

    @Test
    void images_are_those_of_all_that_hold_and_of_what_comes() {
        Instant morning = Instant.parse("2026-11-27T07:00:00Z");
        Warm people = new Warm(
                3, "45 7 * * 1-5", "Europe/Berlin", Duration.ofHours(2), null, null, null, List.of("notebook:1"));
        Warm always = new Warm(1, null, null, null, null, null, null, List.of("spark:3"));
        Warm runs = new Warm(1, null, null, null, null, null, Duration.ofMinutes(10), List.of("shuffle:1"));
        WarmAhead none = WarmAhead.NOTHING;
        Pool pool = pool(9, people, always, runs);

        assertThat(WarmTimes.images(pool, morning, Map.of(), none)).containsExactly("notebook:1", "spark:3");
        assertThat(WarmTimes.images(pool, morning.plusSeconds(36_000), Map.of(), none))
                .containsExactly("spark:3");
        assertThat(WarmTimes.images(pool, morning.plusSeconds(36_000), Map.of(), need(4)))
                .containsExactly("etl:7", "shuffle:1", "spark:3");
    }

    private static WarmAhead need(int nodes) {
        return new WarmAhead(nodes, new TreeSet<>(Set.of("etl:7")));
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
