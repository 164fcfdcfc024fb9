package dev.muster.simulation.site;

import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.measure.Meter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The nodes that are there, in the order in which they came. */
final class Nodes {
    private final Layout layout;
    private final Calendar calendar;
    private final Meter meter;
    private final List<SiteNode> all = new ArrayList<>();
    private final List<SiteNode> read = Collections.unmodifiableList(all);
    private final List<SiteNode> leaving = new ArrayList<>();
    private final List<SiteNode> readLeaving = Collections.unmodifiableList(leaving);
    private final int[] size;
    private int made;
    private long changes;

    Nodes(Layout layout, Calendar calendar, Meter meter) {
        this.layout = layout;
        this.calendar = calendar;
        this.meter = meter;
        this.size = new int[layout.pools()];
    }

    void add(int pool, int offering) {
        meter.advance(calendar.now());
        meter.node(1, layout.offering(pool, offering).price());
        PoolSpec at = layout.pool(pool);
        int number = made++;
        all.add(new SiteNode(
                number, pool, offering, at.name() + "-" + number, layout.shape(pool), at.maxPods(), calendar.now()));
        meter.empty(1);
        size[pool]++;
        changes++;
    }

    SiteNode last() {
        return all.get(all.size() - 1);
    }

    void take(SiteNode node) {
        meter.advance(calendar.now());
        meter.node(-1, layout.offering(node.pool, node.offering).price());
        meter.empty(node.isEmpty() ? -1 : 0);
        node.gone = true;
        all.remove(node);
        leaving.remove(node);
        size[node.pool]--;
        changes++;
    }

    /** It takes no more pods from now on. */
    void leaves(SiteNode node) {
        node.leaves = true;
        leaving.add(node);
        changes++;
    }

    List<SiteNode> all() {
        return read;
    }

    /** Those that take no more pods and are not gone yet. */
    List<SiteNode> leaving() {
        return readLeaving;
    }

    int size(int pool) {
        return size[pool];
    }

    /** Another number whenever a node comes, goes, or will go. */
    long changes() {
        return changes;
    }
}
