package dev.muster.report;

import dev.muster.cycle.RunTimes;
import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.RunForecast;
import dev.muster.quota.offering.SpotFirst;
import dev.muster.quota.offering.TrackRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a job would take and cost, on spot nodes and on none: from how long its runs took, the prices of pools, and how
 * often nodes were taken back. Empty where nobody knows how long it runs.
 */
@ApplicationScoped
public class Forecasts {
    /** Until new nodes are there, where none came yet. */
    private static final Duration USUAL_PAUSE = Duration.ofMinutes(5);

    private static final BigDecimal MILLIS =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    private final PoolStore pools;
    private final OfferingStore offerings;
    private final RunTimes runTimes;
    private final InstantSource clock;

    Forecasts(PoolStore pools, OfferingStore offerings, RunTimes runTimes, InstantSource clock) {
        this.pools = pools;
        this.offerings = offerings;
        this.runTimes = runTimes;
        this.clock = clock;
    }

    /** {@code run} is empty where it would be interrupted for ever, {@code cost} null where a pool has no price. */
    public record Forecast(
            CapacityType capacity,
            SortedMap<RoleName, PoolName> pools,
            int nodes,
            Duration work,
            Optional<RunForecast> run,
            @Nullable BigDecimal cost) {}

    /** One role in one pool: so many nodes at most, since others may share them. */
    private record Choice(Pool pool, int nodes) {
        private boolean isSpot() {
            return pool.offering().capacity() == CapacityType.SPOT;
        }

        /** Of all nodes for an hour. */
        private @Nullable BigDecimal price() {
            return pool.price() == null ? null : pool.price().multiply(BigDecimal.valueOf(nodes));
        }
    }

    /** Spot first; one alone where there is no other. */
    public List<Forecast> of(Job job) {
        Duration work = runTimes.lookUp(job).orElse(null);
        if (work == null) {
            return List.of();
        }
        List<Pool> declared = pools.all().stream().map(Versioned::value).toList();
        Map<Offering, OfferingStore.State> states = offerings.states();
        return Stream.of(true, false)
                .flatMap(spot -> choices(job, declared, spot).stream())
                .map(choices -> forecast(choices, work, states, clock.instant()))
                .distinct()
                .toList();
    }

    /** The cheapest pool for each role; on spot nodes where some take it, or on none. */
    private static Optional<SortedMap<RoleName, Choice>> choices(Job job, List<Pool> declared, boolean spot) {
        Comparator<Choice> best = Comparator.<Choice, Boolean>comparing(choice -> choice.isSpot() != spot)
                .thenComparing(Choice::price, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Choice::nodes)
                .thenComparing(choice -> choice.pool().name());
        SortedMap<RoleName, Choice> choices = new TreeMap<>();
        for (Role role : job.spec().roles()) {
            if (role.minimum() == 0) {
                continue;
            }
            Optional<Choice> choice = declared.stream()
                    .flatMap(pool -> choice(role, pool).stream())
                    .filter(each -> spot || !each.isSpot())
                    .min(best);
            if (choice.isEmpty()) {
                return Optional.empty();
            }
            choices.put(role.name(), choice.get());
        }
        boolean isAnySpot = choices.values().stream().anyMatch(Choice::isSpot);
        return isAnySpot == spot ? Optional.of(choices) : Optional.empty();
    }

    private static Optional<Choice> choice(Role role, Pool pool) {
        Node node = pool.emptyNode(new NodeName("any"));
        long perNode = role.pod().resources().asMap().entrySet().stream()
                .filter(amount -> amount.getValue() > 0)
                .mapToLong(amount -> pool.resources().amount(amount.getKey()) / amount.getValue())
                .min()
                .orElse(pool.maxPodsPerNode());
        long fitting = Math.min(perNode, pool.maxPodsPerNode());
        if (fitting < 1
                || !node.admits(
                        SpotFirst.without(role.pod().affinity()), role.pod().tolerations())) {
            return Optional.empty();
        }
        long nodes = (role.minimum() + fitting - 1) / fitting;
        return nodes > pool.maxNodes() ? Optional.empty() : Optional.of(new Choice(pool, (int) nodes));
    }

    private static Forecast forecast(
            SortedMap<RoleName, Choice> choices,
            Duration work,
            Map<Offering, OfferingStore.State> states,
            Instant now) {
        double perHour = 0;
        Duration pause = Duration.ZERO;
        BigDecimal price = BigDecimal.ZERO;
        int nodes = 0;
        SortedMap<RoleName, PoolName> pools = new TreeMap<>();
        for (Map.Entry<RoleName, Choice> role : choices.entrySet()) {
            Choice choice = role.getValue();
            OfferingStore.State state = states.get(choice.pool().offering());
            TrackRecord record =
                    state == null ? TrackRecord.from(now) : state.record().at(now);
            if (choice.isSpot()) {
                perHour += record.interruptionsPerNodeHour() * choice.nodes();
                Duration again = record.times().quantile(0.5, now).orElse(USUAL_PAUSE);
                pause = again.compareTo(pause) > 0 ? again : pause;
            }
            BigDecimal here = choice.price();
            price = price == null || here == null ? null : price.add(here);
            nodes += choice.nodes();
            pools.put(role.getKey(), choice.pool().name());
        }
        boolean spot = choices.values().stream().anyMatch(Choice::isSpot);
        Optional<RunForecast> run = RunForecast.of(work, perHour, pause);
        BigDecimal hourly = price;
        BigDecimal cost = hourly == null
                ? null
                : run.map(each -> hourly.multiply(BigDecimal.valueOf(each.held().toMillis()))
                                .divide(MILLIS, 2, RoundingMode.HALF_UP))
                        .orElse(null);
        return new Forecast(spot ? CapacityType.SPOT : CapacityType.ON_DEMAND, pools, nodes, work, run, cost);
    }
}
