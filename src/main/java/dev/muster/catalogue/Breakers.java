package dev.muster.catalogue;

import dev.muster.cycle.Wake;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PoolName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** What operators say of the breakers of pools. */
@ApplicationScoped
public class Breakers {
    private final PoolStore pools;
    private final OfferingStore offerings;
    private final Wake wake;
    private final InstantSource clock;

    Breakers(PoolStore pools, OfferingStore offerings, Wake wake, InstantSource clock) {
        this.pools = pools;
        this.offerings = offerings;
        this.wake = wake;
        this.clock = clock;
    }

    /** @throws MusterException where there is no such pool */
    public Versioned<Pool> order(PoolName name, OfferingStore.Word word, String actor, String why) {
        Versioned<Pool> found = pools.find(name).orElseThrow(() -> MusterException.notFound("pool", name.value()));
        offerings.order(found.value().offering(), new OfferingStore.Order(word, actor, why, clock.instant()));
        wake.now();
        return found;
    }
}
