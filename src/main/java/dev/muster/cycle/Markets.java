package dev.muster.cycle;

import dev.muster.pool.Pool;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.offering.Offering;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pools that are declared, and how many nodes the market of an offering has given to all of them that share it. */
final class Markets {
    private final Map<PoolName, Pool> pools = new TreeMap<>();
    private final Fleet fleet;

    Markets(Fleet fleet) {
        this.fleet = fleet;
    }

    void declare(Collection<Pool> all) {
        pools.clear();
        all.forEach(pool -> pools.put(pool.name(), pool));
    }

    List<Pool> pools() {
        return List.copyOf(pools.values());
    }

    @Nullable
    Pool pool(PoolName name) {
        return pools.get(name);
    }

    /** The offering by which the pool grows; empty where nobody has declared the pool. */
    Optional<Offering> of(PoolName pool) {
        return Optional.ofNullable(pools.get(pool)).map(Pool::offering);
    }

    /** Those that get their nodes where the offering does. */
    Stream<Pool> sharing(Offering offering) {
        return pools.values().stream().filter(pool -> pool.offering().sharesMarketWith(offering));
    }

    /** How many nodes the market of the offering has given, to whichever pool. */
    int there(Offering offering) {
        return sharing(offering).mapToInt(pool -> fleet.count(pool.name())).sum();
    }

    /** How many of them are there beside those that go. */
    int staying(Offering offering, Set<NodeName> going) {
        return sharing(offering)
                .mapToInt(pool -> fleet.countWithout(pool.name(), going))
                .sum();
    }

    /** What a node of each costs in an hour, where somebody said it. */
    Map<PoolName, BigDecimal> prices() {
        Map<PoolName, BigDecimal> prices = new HashMap<>();
        pools.values().forEach(pool -> {
            if (pool.price() != null) {
                prices.put(pool.name(), pool.price());
            }
        });
        return prices;
    }
}
