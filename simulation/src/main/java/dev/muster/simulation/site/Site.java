package dev.muster.simulation.site;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.measure.Meter;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The cluster of one simulation: what is there, and the only place where it changes. Every change brings the meter up first,
 * and is told to the watcher. Times in milliseconds.
 */
public final class Site {
    private final Layout layout;
    private final Calendar calendar;
    private final Nodes nodes;
    private final Jobs jobs;
    private final Cloud cloud;
    private final SiteWatcher watcher;

    public Site(
            SiteSpec spec,
            Collection<Resources> asked,
            long seed,
            long until,
            Calendar calendar,
            Meter meter,
            SiteWatcher watcher) {
        this.layout = new Layout(spec, asked);
        this.calendar = calendar;
        this.watcher = watcher;
        this.nodes = new Nodes(layout, calendar, meter);
        this.jobs = new Jobs(layout, seed, calendar, meter, watcher, new Seats(layout, calendar, meter));
        this.cloud = new Cloud(layout, nodes, seed, until, calendar, meter, watcher, this::vanish);
    }

    /** Makes the nodes of the beginning. */
    public void open() {
        cloud.open();
    }

    private void vanish(SiteNode node) {
        if (!node.gone) {
            List<Attempt> hit = jobs.leave(node);
            nodes.take(node);
            hit.forEach(jobs::lostPods);
            watcher.changed();
        }
    }

    /** Takes an empty node away; the autoscaler's doing. */
    public void remove(SiteNode node) {
        if (!node.seats.isEmpty()) {
            throw new IllegalStateException("Node %s is not empty".formatted(node.name));
        }
        cloud.giveBack(node);
    }

    /**
     * Asks the cloud for nodes: as many as the market has come after their launch latency. {@code failed} is told how many will
     * not come, after {@code news}, or after {@code timeout} where they would be later than that.
     */
    public void order(int pool, int offering, int count, long news, long timeout, IntConsumer failed) {
        cloud.order(pool, offering, count, news, timeout, failed);
    }

    /** A job has arrived. */
    public SiteJob arrive(LoadJob load) {
        return jobs.arrive(load);
    }

    /** Makes an attempt of a waiting job; its pods are bound nowhere yet. */
    public Attempt launch(SiteJob job) {
        return jobs.launch(job);
    }

    /** Binds pods of a role to a node. */
    public void bind(Attempt attempt, int role, SiteNode node, int count) {
        jobs.bind(attempt, role, node, count);
    }

    /** Ends some pods of the last role on a node, of an attempt that goes on with the others. */
    public void shrink(Attempt attempt, SiteNode node, int count) {
        jobs.shrink(attempt, node, count);
    }

    /** Ends an attempt; what its job does next follows from why. */
    public void end(Attempt attempt, AttemptEnd why) {
        jobs.end(attempt, why);
        if (why == AttemptEnd.EVICTED) {
            // Whoever it made room for is launched by the next decision, also where nothing else happens.
            watcher.changed();
        }
    }

    public long now() {
        return calendar.now();
    }

    public void at(long time, Runnable what) {
        calendar.at(time, what);
    }

    public SiteSpec spec() {
        return layout.spec();
    }

    public String[] resources() {
        return layout.resources();
    }

    public List<SiteNode> nodes() {
        return nodes.all();
    }

    /** Nodes that are being taken back and are not gone yet. */
    public List<SiteNode> leaving() {
        return nodes.leaving();
    }

    /** Changes whenever a node comes, goes, or will go. */
    public long nodesChanged() {
        return nodes.changes();
    }

    public Collection<SiteJob> waiting() {
        return jobs.waiting();
    }

    public Collection<Attempt> live() {
        return jobs.live();
    }

    /** Nodes and attempts whose pods changed since it was last cleared. */
    public Touched touched() {
        return jobs.touched();
    }

    /** Jobs that are done or have failed. */
    public int over() {
        return jobs.over();
    }

    public int failed() {
        return jobs.failed();
    }

    public int pools() {
        return layout.pools();
    }

    public PoolName pool(int pool) {
        return layout.pool(pool).name();
    }

    public int offerings(int pool) {
        return cloud.stocks().offerings(pool);
    }

    public double price(int pool, int offering) {
        return layout.offering(pool, offering).price();
    }

    public long[] shape(int pool) {
        return layout.shape(pool);
    }

    public int maxPods(int pool) {
        return layout.pool(pool).maxPods();
    }

    /** Nodes of an offering that were asked for and have not come. */
    public int coming(int pool, int offering) {
        return cloud.coming(pool, offering);
    }

    /** Nodes of all offerings that exist for us now, each counted once. */
    public int market() {
        return cloud.stocks().market(calendar.now());
    }

    /** Nodes of a pool in a good hour: an offering that several pools use is parted between them. */
    public int nominal(int pool) {
        return cloud.stocks().nominal(pool);
    }

    public int size(int pool) {
        return nodes.size(pool);
    }

    public boolean mayGrowBy(int pool, int nodesMore) {
        return size(pool) + cloud.comingIn(pool) + nodesMore
                <= layout.pool(pool).max();
    }

    /** How many nodes a pool may have beside those that it has or that are on their way. */
    public int roomToGrow(int pool) {
        return layout.pool(pool).max() - size(pool) - cloud.comingIn(pool);
    }

    /** Nodes of an offering that the market has now beside those that are there. */
    public int obtainable(int pool, int offering) {
        return cloud.stocks().of(pool, offering).obtainable(calendar.now());
    }

    public boolean mayShrink(int pool) {
        return size(pool) > layout.pool(pool).min();
    }

    public boolean emptyNodeFits(int pool, long[] pod) {
        return layout.emptyNodeFits(pool, pod);
    }
}
