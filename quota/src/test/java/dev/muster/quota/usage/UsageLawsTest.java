package dev.muster.quota.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever usage is put together by, the sums are those of the attempts, minute by minute, and no more. */
class UsageLawsTest {
    private static final Instant START = Instant.parse("2026-11-20T22:00:00Z");
    private static final int SECONDS = 3 * 86_400;
    /** Costs are divided to eighteen digits: each piece may be off by half of the last. */
    private static final BigDecimal NEARLY = new BigDecimal("0.000000000001");

    @Property(tries = 300)
    void groups_add_up_to_the_whole_whatever_they_are(
            @ForAll("holdings") List<Holding> holdings,
            @ForAll("periods") Period period,
            @ForAll("prices") Prices prices,
            @ForAll Set<Dimension> by) {
        Usage whole = usage(period, List.of(), prices, holdings);
        Usage usage = usage(period, by.stream().sorted().toList(), prices, holdings);

        Map<String, BigInteger> held = new TreeMap<>();
        usage.groups().values().forEach(sum -> sum.exact()
                .forEach((name, amount) -> held.merge(name, amount, BigInteger::add)));
        assertThat(held).isEqualTo(whole.total().exact());
        assertThat(usage.total().exact()).isEqualTo(whole.total().exact());
        assertNear(total(usage), whole.total().cost());
    }

    @Property(tries = 300)
    void the_whole_is_what_a_clock_would_count_that_looks_every_minute(
            @ForAll("holdings") List<Holding> holdings,
            @ForAll("periods") Period period,
            @ForAll("prices") Prices prices) {
        Usage usage = usage(period, List.of(), prices, holdings);

        BigInteger cores = BigInteger.ZERO;
        BigInteger lost = BigInteger.ZERO;
        for (Holding holding : holdings) {
            BigInteger cpu =
                    BigInteger.valueOf(holding.pods().amount(Resources.CPU)).multiply(BigInteger.valueOf(1_000_000));
            long from = period.from().getEpochSecond();
            long to = period.to().getEpochSecond();
            for (long second = from; second < to; second += 60) {
                Instant at = Instant.ofEpochSecond(second);
                boolean there =
                        !at.isBefore(holding.since()) && (holding.until() == null || at.isBefore(holding.until()));
                cores = there ? cores.add(cpu.multiply(BigInteger.valueOf(60))) : cores;
                boolean gone = holding.lostSince() != null && !at.isBefore(holding.lostSince());
                lost = there && gone ? lost.add(cpu.multiply(BigInteger.valueOf(60))) : lost;
            }
        }
        assertThat(usage.total().exact().getOrDefault(Resources.CPU, BigInteger.ZERO))
                .isEqualTo(cores);
        assertThat(usage.total().lostCoreHours()).isEqualTo(lost.doubleValue() / 1000 / 3_600_000_000.0);
    }

    @Property(tries = 200)
    void two_periods_that_follow_each_other_are_one(
            @ForAll("holdings") List<Holding> holdings,
            @ForAll("periods") Period period,
            @ForAll("prices") Prices prices) {
        Instant half =
                period.from().plus(period.length().dividedBy(2).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        if (!period.from().isBefore(half)) {
            return;
        }
        Sum whole = usage(period, List.of(), prices, holdings).total();
        Sum first = usage(new Period(period.from(), half), List.of(), prices, holdings)
                .total();
        Sum second = usage(new Period(half, period.to()), List.of(), prices, holdings)
                .total();

        Map<String, BigInteger> both = new TreeMap<>(first.exact());
        second.exact().forEach((name, amount) -> both.merge(name, amount, BigInteger::add));
        assertThat(both).isEqualTo(whole.exact());
        assertNear(first.cost().add(second.cost()), whole.cost());
        assertNear(first.lostCost().add(second.lostCost()), whole.lostCost());
    }

    @Property(tries = 200)
    void nothing_is_lost_that_was_not_held_and_nothing_costs_less_than_nothing(
            @ForAll("holdings") List<Holding> holdings,
            @ForAll("periods") Period period,
            @ForAll("prices") Prices prices) {
        for (Sum sum : usage(period, List.of(Dimension.TEAM, Dimension.DAY), prices, holdings)
                .groups()
                .values()) {
            assertThat(sum.lostCoreHours()).isBetween(0.0, sum.coreHours() + 1e-9);
            assertThat(sum.lostCost()).isBetween(BigDecimal.ZERO, sum.cost().add(NEARLY));
            assertThat(sum.unpricedCoreHours()).isBetween(0.0, sum.coreHours() + 1e-9);
        }
    }

    private static Usage usage(Period period, List<Dimension> by, Prices prices, List<Holding> holdings) {
        Usage usage = new Usage(period, by, prices);
        holdings.forEach(usage::add);
        return usage;
    }

    private static BigDecimal total(Usage usage) {
        return usage.groups().values().stream().map(Sum::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void assertNear(BigDecimal one, BigDecimal other) {
        assertThat(one.subtract(other).abs()).isLessThan(NEARLY);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.integers().between(0, SECONDS / 60).map(minute -> START.plusSeconds(minute * 60L));
    }

    @Provide
    Arbitrary<Period> periods() {
        return Combinators.combine(times(), Arbitraries.integers().between(1, SECONDS / 60))
                .as((from, minutes) -> new Period(from, from.plus(Duration.ofMinutes(minutes))));
    }

    @Provide
    Arbitrary<List<Holding>> holdings() {
        Arbitrary<Resources> pods = Combinators.combine(
                        Arbitraries.longs().between(0, 64_000),
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.longs().between(0, 8))
                .as((cpu, memory, gpus) -> Resources.of(Map.of("cpu", cpu, "memory", memory, "nvidia.com/gpu", gpus)));
        Arbitrary<@Nullable Integer> later =
                Arbitraries.integers().between(1, SECONDS / 60).injectNull(0.2);
        return Combinators.combine(
                        Arbitraries.of("vision", "nlp"),
                        Arbitraries.of("a", "b", "=1+1"),
                        pools(),
                        pods,
                        times(),
                        later,
                        times().injectNull(0.5))
                .as((team, user, pool, amount, since, minutes, lost) -> new Holding(
                        new Holder(new TeamName(team), new QueueName(team + "-q"), user, "train"),
                        pool,
                        amount,
                        since,
                        minutes == null ? null : since.plus(Duration.ofMinutes(minutes)),
                        lost))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Prices> prices() {
        Arbitrary<NodePrice> price = Combinators.combine(
                        times(), Arbitraries.of("0", "0.12", "3.4", "-").map(text -> text.equals("-") ? "" : text))
                .as((since, text) -> new NodePrice(
                        since,
                        text.isEmpty() ? null : new BigDecimal(text),
                        Resources.of(Map.of("cpu", 32_000L, "memory", 128L << 30))));
        return Arbitraries.maps(
                        pools(), price.list().uniqueElements(NodePrice::since).ofMaxSize(4))
                .ofMaxSize(2)
                .map(Prices::new);
    }

    private static Arbitrary<PoolName> pools() {
        return Arbitraries.of("cpu", "spot").map(PoolName::new);
    }
}
