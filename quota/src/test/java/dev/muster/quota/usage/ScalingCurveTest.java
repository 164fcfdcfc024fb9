package dev.muster.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingCurveTest {
    private static final Instant START = Instant.parse("2026-06-01T03:00:00Z");
    private static final PoolName POOL = new PoolName("spark");
    private static final Prices PRICES = new Prices(Map.of(
            POOL,
            List.of(new NodePrice(Instant.EPOCH, new BigDecimal("0.40"), Resources.cpuAndMemory(4_000, 16L << 30)))));

    @Test
    void twenty_executors_and_160_as_the_story_has_them() {
        ScalingCurve curve = ScalingCurve.of(
                List.of(run(160, 13), run(20, 46), run(160, 12), run(20, 45), run(20, 44), run(160, 12)), PRICES);

        assertThat(curve.points()).extracting(ScalingCurve.Point::pods).containsExactly(20, 160);
        ScalingCurve.Point few = curve.points().get(0);
        assertThat(few.runs()).isEqualTo(3);
        assertThat(List.of(few.fastest(), few.median(), few.slowest()))
                .containsExactly(Duration.ofMinutes(44), Duration.ofMinutes(45), Duration.ofMinutes(46));
        assertThat(few.speedup()).isEqualTo(1);
        ScalingCurve.Point many = curve.points().get(1);
        assertThat(many.median()).isEqualTo(Duration.ofMinutes(12));
        assertThat(many.speedup()).isCloseTo(3.75, within(1e-9));
        assertThat(many.efficiency()).isCloseTo(3.75 / 8, within(1e-9));
        assertThat(many.coreHours()).isCloseTo(32, within(1e-9));
        assertThat(many.cost().doubleValue() / few.cost().doubleValue())
                .isCloseTo(160.0 * 12 / (20 * 45), within(1e-6));
    }

    @Test
    void pods_that_came_later_count_for_the_time_that_they_were_there() {
        List<SizedRun.Held> held = new ArrayList<>();
        held.add(held(4, 0, 60));
        held.add(held(8, 30, 60));

        assertThat(ScalingCurve.of(List.of(new SizedRun(START, at(60), held)), PRICES)
                        .points())
                .extracting(ScalingCurve.Point::pods)
                .containsExactly(8);
    }

    @Test
    void where_nobody_said_a_price_there_is_no_cost() {
        ScalingCurve curve = ScalingCurve.of(List.of(run(20, 45)), new Prices(Map.of()));

        assertThat(curve.points().get(0).cost()).isNull();
        assertThat(ScalingCurve.of(List.of(), PRICES).points()).isEmpty();
    }

    private static SizedRun run(int pods, int minutes) {
        return new SizedRun(START, at(minutes), List.of(held(pods, 0, minutes)));
    }

    private static SizedRun.Held held(int pods, int from, int to) {
        return new SizedRun.Held(POOL, Resources.cpuAndMemory(1_000, 4L << 30), pods, at(from), at(to));
    }

    private static Instant at(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
