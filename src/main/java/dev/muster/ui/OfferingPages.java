package dev.muster.ui;

import dev.muster.access.Caller;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.operation.IdleNodes;
import dev.muster.pool.Pool;
import dev.muster.postgres.OfferingStore;
import dev.muster.postgres.PoolStore;
import dev.muster.postgres.Versioned;
import dev.muster.quota.offering.Offering;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Map;

/** Reads what the page of offerings shows; any replica can tell it. */
@ApplicationScoped
class OfferingPages {
    private final PoolStore pools;
    private final OfferingStore offerings;
    private final IdleNodes idle;
    private final Caller caller;

    OfferingPages(PoolStore pools, OfferingStore offerings, IdleNodes idle, Caller caller) {
        this.caller = caller;
        this.pools = pools;
        this.offerings = offerings;
        this.idle = idle;
    }

    OfferingPage in(Frame frame) {
        Map<Offering, OfferingStore.State> states = offerings.states();
        Map<Offering, OfferingStore.Order> orders = offerings.orders();
        return new OfferingPage(
                frame,
                pools.all().stream()
                        .map(Versioned::value)
                        .filter(pool -> pool.maxNodes() > pool.nodes()
                                || states.containsKey(pool.offering())
                                || orders.containsKey(pool.offering()))
                        .map((Pool pool) -> OfferingTile.of(
                                pool, states.get(pool.offering()), orders.get(pool.offering()), frame.now()))
                        .sorted(Comparator.comparing(
                                        (OfferingTile tile) -> tile.css().equals("closed"))
                                .thenComparing(OfferingTile::pool))
                        .toList(),
                idle.held().map(IdleNodes::sentence).orElse(""),
                IdleNodes.MEND,
                caller.may(Verb.PUT, Resource.all(Resource.Kind.POOL)));
    }
}
