package dev.muster.web;

import dev.muster.api.OfferingStatus;
import dev.muster.cycle.OrderedBreaker;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PolicyStore;
import dev.muster.quota.breaker.Breaker;
import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.offering.LaunchDeadline;
import dev.muster.quota.offering.Offering;
import dev.muster.quota.offering.TrackRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written of offerings, as it goes over the wire; any replica can tell it. */
@ApplicationScoped
public class OfferingReading {
    private final OfferingStore store;
    private final PolicyStore policies;
    private final InstantSource clock;

    OfferingReading(OfferingStore store, PolicyStore policies, InstantSource clock) {
        this.policies = policies;
        this.store = store;
        this.clock = clock;
    }

    /** All that is known now. */
    Known read() {
        return new Known(
                store.states(), store.orders(), policies.current().settings().launch(), clock.instant());
    }

    /** Read once for many pools. */
    record Known(
            Map<Offering, OfferingStore.State> states,
            Map<Offering, OfferingStore.Order> orders,
            LaunchDeadline deadline,
            Instant now) {
        /** It may grow, or there is something to tell of it. */
        boolean isAny(Pool pool) {
            return pool.maxNodes() > pool.nodes()
                    || states.containsKey(pool.offering())
                    || orders.containsKey(pool.offering());
        }

        OfferingStatus of(Pool pool) {
            Offering offering = pool.offering();
            OfferingStore.State state = states.get(offering);
            OfferingStore.Order order = orders.get(offering);
            Breaker breaker = OrderedBreaker.of(state, order);
            TrackRecord record =
                    state == null ? TrackRecord.from(now) : state.record().at(now);
            boolean open = breaker.state(now) != BreakerState.CLOSED;
            return new OfferingStatus(
                    offering.toString(),
                    breaker.state(now).name(),
                    open && !breaker.why().isEmpty() ? breaker.why() : null,
                    breaker.halfOpenAt(now),
                    breaker.order() == Breaker.Order.NONE
                            ? null
                            : breaker.order().name(),
                    rounded(record.success()),
                    rounded(record.interruptionsPerNodeHour()),
                    seconds(record, 0.5),
                    seconds(record, 0.99),
                    deadline.of(record.times(), now).toSeconds(),
                    record.lastFailure());
        }

        private @Nullable Long seconds(TrackRecord record, double part) {
            return record.times().quantile(part, now).map(Duration::toSeconds).orElse(null);
        }

        private static double rounded(double value) {
            return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP).doubleValue();
        }
    }
}
