package dev.muster.report;

import dev.muster.postgres.OnDemandStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.postgres.PoolStore;
import dev.muster.quota.fallback.FallbackRules;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.CapacityType;
import dev.muster.quota.policy.PolicyFields;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What teams may spend on nodes that are not spot for jobs that wanted spot nodes first, and have spent; on any replica. */
@ApplicationScoped
public class OnDemandBudgets {
    private final OnDemandStore store;
    private final PolicyStore policies;
    private final PoolStore pools;
    private final InstantSource clock;

    OnDemandBudgets(OnDemandStore store, PolicyStore policies, PoolStore pools, InstantSource clock) {
        this.store = store;
        this.policies = policies;
        this.pools = pools;
        this.clock = clock;
    }

    /** {@code spent} and set apart within the last {@code period}. */
    public record Standing(int budget, BigDecimal spent, Duration period) {}

    public Standing of(Team team) {
        FallbackRules rules = PolicyFields.fallback(policies.current().values());
        Set<PoolName> spot = pools.all().stream()
                .filter(pool -> pool.value().offering().capacity() == CapacityType.SPOT)
                .map(pool -> pool.value().name())
                .collect(Collectors.toSet());
        return new Standing(
                Objects.requireNonNullElse(team.onDemandBudget(), rules.budget()),
                store.spentSince(clock.instant().minus(rules.period()), spot).of(team.name()),
                rules.period());
    }
}
