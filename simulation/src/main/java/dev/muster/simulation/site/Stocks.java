package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.event.Chance;
import dev.muster.simulation.market.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The stock of each offering of each pool; an offering of the same name in several pools has one. */
final class Stocks {
    private final Layout layout;
    private final List<Stock> all = new ArrayList<>();
    private final Stock[][] byPool;

    /** {@code changed} is told of each stock when its market changes. */
    Stocks(Layout layout, long seed, long until, Calendar calendar, Consumer<Stock> changed) {
        this.layout = layout;
        this.byPool = new Stock[layout.pools()][];
        for (int p = 0; p < byPool.length; p++) {
            byPool[p] = layout.pool(p).offerings().stream()
                    .map(offering -> stock(offering, seed, until, calendar, changed))
                    .toArray(Stock[]::new);
        }
    }

    private Stock stock(OfferingSpec offering, long seed, long until, Calendar calendar, Consumer<Stock> changed) {
        for (Stock known : all) {
            if (known.name.equals(offering.name())) {
                return known;
            }
        }
        Steps steps = offering.market().over(until, Chance.of(seed, "market " + offering.name()));
        Stock stock = new Stock(offering.name(), steps);
        all.add(stock);
        for (long time : steps.times()) {
            if (time > 0) {
                calendar.at(time, () -> changed.accept(stock));
            }
        }
        return stock;
    }

    Stock of(int pool, int offering) {
        return byPool[pool][offering];
    }

    Stock of(SiteNode node) {
        return of(node.pool, node.offering);
    }

    int offerings(int pool) {
        return byPool[pool].length;
    }

    /** Nodes of all offerings that exist for us then, each counted once, and no more than pools may have. */
    int market(long time) {
        int most = layout.spec().pools().stream().mapToInt(PoolSpec::max).sum();
        long sum = all.stream().mapToLong(stock -> stock.at(time)).sum();
        return (int) Math.min(most, sum);
    }

    /** Nodes of a pool in a good hour: an offering that several pools use is parted between them. */
    int nominal(int pool) {
        long sum = 0;
        for (Stock stock : byPool[pool]) {
            int users = 0;
            for (Stock[] others : byPool) {
                for (Stock other : others) {
                    users += other == stock ? 1 : 0;
                }
            }
            sum += (stock.most() + users - 1) / users;
        }
        return (int) Math.min(sum, layout.pool(pool).max());
    }
}
