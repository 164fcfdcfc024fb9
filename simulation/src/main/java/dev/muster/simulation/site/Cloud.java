package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.event.Chance;
import dev.muster.simulation.measure.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Where nodes come from: what is ordered and comes, or does not, and what is taken back. */
final class Cloud {
    private final Layout layout;
    private final Calendar calendar;
    private final Meter meter;
    private final SiteWatcher watcher;
    private final long until;
    private final Nodes nodes;
    private final Stocks stocks;
    private final Consumer<SiteNode> vanish;
    private final Chance launches;
    private final Chance losses;
    private final int[][] coming;

    /** {@code vanish} takes what is on a node, and then the node, away. */
    Cloud(
            Layout layout,
            Nodes nodes,
            long seed,
            long until,
            Calendar calendar,
            Meter meter,
            SiteWatcher watcher,
            Consumer<SiteNode> vanish) {
        this.layout = layout;
        this.nodes = nodes;
        this.until = until;
        this.calendar = calendar;
        this.meter = meter;
        this.watcher = watcher;
        this.vanish = vanish;
        this.launches = Chance.of(seed, "launches");
        this.losses = Chance.of(seed, "losses");
        this.stocks = new Stocks(layout, seed, until, calendar, this::follow);
        this.coming = new int[layout.pools()][];
        for (int p = 0; p < coming.length; p++) {
            coming[p] = new int[stocks.offerings(p)];
        }
    }

    /** Makes the nodes of the beginning. */
    void open() {
        for (int p = 0; p < layout.pools(); p++) {
            int left = layout.pool(p).start();
            for (int o = 0; o < stocks.offerings(p) && left > 0; o++) {
                int here = Math.min(left, stocks.of(p, o).obtainable(calendar.now()));
                for (int i = 0; i < here; i++) {
                    add(p, o);
                }
                left -= here;
            }
        }
    }

    Stocks stocks() {
        return stocks;
    }

    /** The market has changed: nodes are taken back, or those that a pool has at least are there again. */
    private void follow(Stock stock) {
        takeBack(stock);
        for (int p = 0; p < layout.pools(); p++) {
            for (int o = 0; o < stocks.offerings(p); o++) {
                while (stocks.of(p, o) == stock
                        && nodes.size(p) + comingIn(p) < layout.pool(p).min()
                        && stock.obtainable(calendar.now()) > 0) {
                    add(p, o);
                }
            }
        }
        watcher.changed();
    }

    private void takeBack(Stock stock) {
        int tooMany = stock.present - stock.at(calendar.now());
        if (tooMany > 0) {
            List<SiteNode> candidates = new ArrayList<>(nodes.all());
            candidates.removeIf(node -> stocks.of(node) != stock || node.leaves);
            while (tooMany-- > 0 && !candidates.isEmpty()) {
                notice(candidates.remove(losses.below(candidates.size())));
            }
        }
    }

    private void notice(SiteNode node) {
        if (node.leaves || node.gone) {
            return;
        }
        nodes.leaves(node);
        stocks.of(node).present--;
        meter.interrupted();
        watcher.happened("node %s is taken back", node.name);
        watcher.interrupted(node.pool, node.offering, calendar.now() - node.since);
        calendar.at(calendar.now() + layout.spec().notice(), () -> vanish.accept(node));
        watcher.changed();
    }

    private void add(int pool, int offering) {
        nodes.add(pool, offering);
        SiteNode node = nodes.last();
        stocks.of(node).present++;
        double rate = layout.offering(pool, offering).lossesPerNodeHour();
        if (rate > 0) {
            long gone = calendar.now() + (long) losses.waitFor(3_600_000 / rate);
            if (gone <= until) {
                calendar.at(gone, () -> notice(node));
            }
        }
        watcher.changed();
    }

    /** Gives a node back. */
    void giveBack(SiteNode node) {
        stocks.of(node).present--;
        nodes.take(node);
        watcher.changed();
    }

    /** As {@link Site#order}. */
    void order(int pool, int offering, int count, long news, long timeout, IntConsumer failed) {
        Stock stock = stocks.of(pool, offering);
        int come = Math.min(count, Math.max(0, stock.at(calendar.now()) - stock.present - stock.coming));
        coming[pool][offering] += count;
        stock.coming += come;
        for (int i = 0; i < come; i++) {
            long takes = layout.offering(pool, offering).launch().draw(launches);
            boolean late = timeout > 0 && takes > timeout;
            calendar.at(calendar.now() + (late ? timeout : takes), () -> {
                coming[pool][offering]--;
                stock.coming--;
                if (!late && stock.obtainable(calendar.now()) > 0) {
                    add(pool, offering);
                    watcher.launched(pool, offering, 1);
                } else {
                    refuse(pool, offering, 1, failed);
                }
            });
        }
        if (count > come) {
            int missing = count - come;
            calendar.at(calendar.now() + news, () -> {
                coming[pool][offering] -= missing;
                refuse(pool, offering, missing, failed);
            });
        }
    }

    private void refuse(int pool, int offering, int count, IntConsumer failed) {
        watcher.happened(
                "%d nodes of %s will not come",
                count, layout.offering(pool, offering).name());
        watcher.refused(pool, offering, count);
        failed.accept(count);
        watcher.changed();
    }

    /** Nodes of an offering that were asked for and have not come. */
    int coming(int pool, int offering) {
        return coming[pool][offering];
    }

    /** The same of all offerings of a pool. */
    int comingIn(int pool) {
        int sum = 0;
        for (int each : coming[pool]) {
            sum += each;
        }
        return sum;
    }
}
