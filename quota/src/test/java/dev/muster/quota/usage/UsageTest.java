package dev.muster.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hours and money by hand: a reader can follow each figure. */
class UsageTest {
    private static final PoolName CPU = new PoolName("cpu");
    private static final Resources NODE = Resources.of(Map.of("cpu", 32_000L, "memory", 128L << 30));
    private static final Resources QUARTER = Resources.of(Map.of("cpu", 8_000L, "memory", 32L << 30));
    private static final Period DAY = period("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z");

    @Test
    void four_pods_that_fill_a_node_cost_what_the_node_costs() {
        Usage usage = usage(DAY, List.of(), held("2026-11-20T01:00:00Z", "2026-11-20T03:00:00Z", NODE, null));

        assertThat(usage.total().coreHours()).isEqualTo(64);
        assertThat(usage.total().gibHours()).isEqualTo(256);
        assertThat(usage.total().cost()).isEqualByComparingTo("4");
    }

    @Test
    void of_a_node_with_gpus_these_carry_most_of_the_price() {
        Resources node = Resources.of(Map.of("cpu", 32_000L, "memory", 128L << 30, "nvidia.com/gpu", 8L));
        Prices prices = new Prices(Map.of(CPU, List.of(new NodePrice(Instant.EPOCH, BigDecimal.TEN, node))));
        Usage usage = new Usage(DAY, List.of(), prices);
        usage.add(held("2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z", Resources.of("nvidia.com/gpu", 8), null));

        // 8 × 0.95 of 8 × 0.95 + 32 × 0.031611 + 128 × 0.004237
        assertThat(usage.total().cost().doubleValue()).isCloseTo(10 * 7.6 / 9.153888, within(1e-12));
        assertThat(usage.total().gpuHours()).isEqualTo(8);
    }

    @Test
    void what_lies_outside_of_the_period_does_not_count_and_what_still_runs_counts_to_its_end() {
        Usage before = usage(DAY, List.of(), held("2026-11-19T20:00:00Z", "2026-11-20T02:00:00Z", QUARTER, null));
        Usage after = usage(DAY, List.of(), held("2026-11-20T23:00:00Z", null, QUARTER, null));
        Usage never = usage(DAY, List.of(), held("2026-11-21T00:00:00Z", null, QUARTER, null));

        assertThat(before.total().coreHours()).isEqualTo(16);
        assertThat(after.total().coreHours()).isEqualTo(8);
        assertThat(never.groups()).isEmpty();
    }

    @Test
    void a_price_counts_from_when_it_was_said_and_before_that_the_hours_have_none() {
        Prices prices = new Prices(Map.of(
                CPU,
                List.of(
                        new NodePrice(Instant.parse("2026-11-20T02:00:00Z"), new BigDecimal("4"), NODE),
                        new NodePrice(Instant.parse("2026-11-20T01:00:00Z"), new BigDecimal("2"), NODE),
                        new NodePrice(Instant.parse("2026-11-20T03:00:00Z"), null, NODE))));
        Usage usage = new Usage(DAY, List.of(), prices);
        usage.add(held("2026-11-20T00:00:00Z", "2026-11-20T04:00:00Z", QUARTER, null));

        assertThat(usage.total().cost()).isEqualByComparingTo("1.5");
        assertThat(usage.total().unpricedCoreHours()).isEqualTo(16);
    }

    @Test
    void work_is_lost_from_when_it_was_saved_last() {
        Usage usage = usage(
                DAY,
                List.of(Dimension.TEAM),
                held("2026-11-20T01:00:00Z", "2026-11-20T05:00:00Z", QUARTER, "2026-11-20T04:30:00Z"));

        assertThat(usage.groups().get(List.of("vision")).lostCoreHours()).isEqualTo(4);
        assertThat(usage.total().lostCost()).isEqualByComparingTo("0.25");
    }

    @Test
    void days_end_at_midnight() {
        Usage usage = usage(
                period("2026-11-19T12:00:00Z", "2026-11-22T12:00:00Z"),
                List.of(Dimension.DAY, Dimension.NAME),
                held("2026-11-19T23:00:00Z", "2026-11-21T02:00:00Z", QUARTER, null));

        assertThat(usage.groups().keySet())
                .containsExactly(
                        List.of("2026-11-19", "vision/train"),
                        List.of("2026-11-20", "vision/train"),
                        List.of("2026-11-21", "vision/train"));
        assertThat(usage.groups().values()).extracting(Sum::coreHours).containsExactly(8.0, 192.0, 16.0);
    }

    @Test
    void groups_without_end_are_put_into_the_total_and_said() {
        Usage usage = new Usage(DAY, List.of(Dimension.USER), new Prices(Map.of()));
        for (int i = 0; i <= Usage.MOST_GROUPS; i++) {
            usage.add(new Holding(
                    new Holder(new TeamName("vision"), new QueueName("q"), "user-" + i, "train"),
                    CPU,
                    Resources.of("cpu", 1000),
                    DAY.from(),
                    DAY.from().plusSeconds(3600),
                    null));
        }
        assertThat(usage.isTooMany()).isTrue();
        assertThat(usage.groups()).hasSize(Usage.MOST_GROUPS);
        assertThat(usage.total().coreHours()).isEqualTo(Usage.MOST_GROUPS + 1);
    }

    @Test
    void a_period_ends_after_it_begins() {
        assertThatThrownBy(() -> new Period(DAY.to(), DAY.to())).hasMessageContaining("ends before it begins");
    }

    @Test
    void a_class_is_that_of_the_job_or_unknown_where_nobody_knows_any_more() {
        Usage usage = new Usage(DAY, List.of(Dimension.PRIORITY), new Prices(Map.of()));
        for (String priority : new String[] {"rush", null, "rush"}) {
            usage.add(new Holding(
                    new Holder(new TeamName("vision"), new QueueName("research"), "ada", "train", null, priority),
                    new PoolName("p"),
                    Resources.of("cpu", 1000),
                    DAY.from(),
                    DAY.from().plus(Duration.ofHours(1)),
                    null));
        }

        assertThat(usage.groups().keySet()).containsExactly(List.of("rush"), List.of("unknown"));
        assertThat(usage.groups().get(List.of("rush")).coreHours()).isEqualTo(2);
    }

    @Test
    void who_pays_is_the_cost_centre_or_else_the_team() {
        Usage usage = new Usage(DAY, List.of(Dimension.COST_CENTRE), new Prices(Map.of()));
        for (String centre : java.util.Arrays.asList("4711/ads", "4711/ads", null)) {
            usage.add(new Holding(
                    new Holder(new TeamName("vision"), new QueueName("research"), "ada", "train", centre, null),
                    CPU,
                    NODE,
                    DAY.from(),
                    DAY.to(),
                    null));
        }
        assertThat(usage.groups().keySet()).containsExactlyInAnyOrder(List.of("4711/ads"), List.of("vision"));
    }

    private static Usage usage(Period period, List<Dimension> by, Holding holding) {
        Usage usage = new Usage(
                period, by, new Prices(Map.of(CPU, List.of(new NodePrice(Instant.EPOCH, new BigDecimal("2"), NODE)))));
        usage.add(holding);
        return usage;
    }

    private static Holding held(String since, @Nullable String until, Resources pods, @Nullable String lost) {
        return new Holding(
                new Holder(new TeamName("vision"), new QueueName("research"), "ada", "train"),
                CPU,
                pods,
                Instant.parse(since),
                until == null ? null : Instant.parse(until),
                lost == null ? null : Instant.parse(lost));
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }
}
