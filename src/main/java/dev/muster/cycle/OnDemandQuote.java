package dev.muster.cycle;

import dev.muster.job.Job;
import dev.muster.job.Role;
import dev.muster.pool.Pool;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.fallback.Waiting;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.offering.SpotFirst;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.usage.NodePrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What jobs that want spot nodes first would cost on others, at most, and when spot nodes may come for them, at the earliest. */
final class OnDemandQuote {
    private final Collection<Pool> pools;
    private final List<Expansion> expansions;
    private final PlanSettings settings;

    OnDemandQuote(Collection<Pool> pools, List<Expansion> expansions, PlanSettings settings) {
        this.pools = pools;
        this.expansions = expansions;
        this.settings = settings;
    }

    /** {@code length}: how long its nodes are held at most. */
    record Quoted(Waiting waiting, Duration length) {}

    Set<PoolName> spotPools() {
        return pools.stream().filter(OnDemandQuote::isSpot).map(Pool::name).collect(Collectors.toSet());
    }

    private static boolean isSpot(Pool pool) {
        return pool.offering().capacity() == CapacityType.SPOT;
    }

    /** Empty where there are no other nodes that take it. */
    Optional<Quoted> of(Job job, Instant now) {
        BigDecimal onDemand = BigDecimal.ZERO;
        BigDecimal spot = BigDecimal.ZERO;
        Set<PoolName> spotPools = new HashSet<>();
        for (Role role : job.specOf(job.attempt() + 1).roles()) {
            if (role.minimum() == 0 || !SpotFirst.is(role.pod().affinity())) {
                continue;
            }
            List<Pool> taking = pools.stream().filter(pool -> takes(pool, role)).toList();
            Optional<BigDecimal> dearest = taking.stream()
                    .filter(pool -> !isSpot(pool))
                    .map(pool -> hourly(pool, role))
                    .max(Comparator.naturalOrder());
            if (dearest.isEmpty()) {
                return Optional.empty();
            }
            onDemand = onDemand.add(dearest.get());
            spot = spot.add(taking.stream()
                    .filter(OnDemandQuote::isSpot)
                    .map(pool -> hourly(pool, role))
                    .min(Comparator.naturalOrder())
                    .orElse(BigDecimal.ZERO));
            taking.stream().filter(OnDemandQuote::isSpot).map(Pool::name).forEach(spotPools::add);
        }
        Duration most = job.spec().maxRunTime();
        Duration length = (most == null ? Duration.ZERO : most)
                .plus(job.spec().startDeadline())
                .plus(settings.launch().most())
                .plus(job.spec().grace());
        return Optional.of(new Quoted(
                new Waiting(
                        now,
                        Objects.requireNonNullElse(job.queuedAt(), job.submittedAt()),
                        Due.queueTimeout(job),
                        areOpen(spotPools),
                        spotAt(spotPools, now),
                        most == null ? null : times(onDemand, length),
                        times(spot, length)),
                length));
    }

    private static boolean takes(Pool pool, Role role) {
        Node empty = pool.emptyNode(new NodeName("any"));
        return pool.maxNodes() > 0
                && role.pod().resources().asMap().entrySet().stream()
                        .allMatch(amount -> pool.resources().amount(amount.getKey()) >= amount.getValue())
                && empty.admits(
                        SpotFirst.without(role.pod().affinity()), role.pod().tolerations());
    }

    /** Of the role's gang: its part of the nodes, as the ledger of usage counts it. */
    private static BigDecimal hourly(Pool pool, Role role) {
        BigDecimal price = pool.price() == null ? BigDecimal.ONE : pool.price();
        BigDecimal cost = new NodePrice(Instant.EPOCH, price, pool.resources())
                .of(role.pod().resources().times(role.minimum()));
        return cost == null ? BigDecimal.ZERO : cost;
    }

    private static BigDecimal times(BigDecimal hourly, Duration length) {
        return hourly.multiply(BigDecimal.valueOf(length.toSeconds()))
                .divide(BigDecimal.valueOf(3_600), 6, RoundingMode.CEILING);
    }

    private boolean areOpen(Set<PoolName> spot) {
        List<Expansion> growing = growing(spot);
        return !growing.isEmpty() && growing.stream().allMatch(each -> each.breaker() != BreakerState.CLOSED);
    }

    /** Somebody may ask then: nodes come later, so nobody falls back whom spot nodes would have served sooner. */
    private Instant spotAt(Set<PoolName> spot, Instant now) {
        return areOpen(spot)
                ? growing(spot).stream()
                        .map(each -> each.breaker() == BreakerState.HALF_OPEN || each.halfOpenAt() == null
                                ? now
                                : each.halfOpenAt())
                        .min(Comparator.naturalOrder())
                        .orElse(now)
                : now;
    }

    private List<Expansion> growing(Set<PoolName> spot) {
        return expansions.stream()
                .filter(each -> spot.contains(each.spec().offering().pool()))
                .toList();
    }
}
