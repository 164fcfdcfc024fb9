package dev.muster.simulation.site;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.event.Calendar;
import dev.muster.simulation.event.Chance;
import dev.muster.simulation.load.LoadJob;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.market.Steps;
import dev.muster.simulation.measure.Meter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * The cluster of one simulation: what is there, and the only place where it changes. Every change brings the meter up first,
 * and is told to the watcher. Times in milliseconds.
 */
public final class Site {
    private static final long IDLE = 60_000;

    private final SiteSpec spec;
    private final Calendar calendar;
    private final Meter meter;
    private final SiteWatcher watcher;
    private final long until;
    private final Chance launches;
    private final Chance losses;
    private final Chance starts;
    private final Chance idlers;
    private final String[] resources;
    private final long[][] shapes;
    /** By pool and its offerings: the market of each; an offering of the same name in several pools has one. */
    private final Cell[][] markets;

    private final List<Cell> cells = new ArrayList<>();
    private final int[][] coming;
    private final int[] size;
    private final List<SiteNode> nodes = new ArrayList<>();
    private final List<SiteNode> nodesRead = Collections.unmodifiableList(nodes);
    private final Map<Object, Integer> kinds = new HashMap<>();
    private final LinkedHashSet<SiteJob> waiting = new LinkedHashSet<>();
    private final LinkedHashSet<Attempt> live = new LinkedHashSet<>();
    private int made;
    private int working;
    private int over;
    private int failed;
    private long nodesChanged;

    public Site(
            SiteSpec spec,
            Collection<Resources> asked,
            long seed,
            long until,
            Calendar calendar,
            Meter meter,
            SiteWatcher watcher) {
        this.spec = spec;
        this.calendar = calendar;
        this.meter = meter;
        this.watcher = watcher;
        this.until = until;
        this.launches = Chance.of(seed, "launches");
        this.losses = Chance.of(seed, "losses");
        this.starts = Chance.of(seed, "starts");
        this.idlers = Chance.of(seed, "idlers");
        TreeSet<String> names = new TreeSet<>();
        spec.pools().forEach(pool -> names.addAll(pool.shape().names()));
        asked.forEach(pod -> names.addAll(pod.names()));
        this.resources = names.toArray(String[]::new);
        int pools = spec.pools().size();
        this.shapes = new long[pools][];
        this.markets = new Cell[pools][];
        this.coming = new int[pools][];
        this.size = new int[pools];
        for (int p = 0; p < pools; p++) {
            PoolSpec pool = spec.pools().get(p);
            shapes[p] = dense(pool.shape());
            markets[p] = new Cell[pool.offerings().size()];
            coming[p] = new int[markets[p].length];
            for (int o = 0; o < markets[p].length; o++) {
                markets[p][o] = cell(pool.offerings().get(o), seed);
            }
        }
    }

    /** Makes the nodes of the beginning. */
    public void open() {
        for (int p = 0; p < shapes.length; p++) {
            int left = spec.pools().get(p).start();
            for (int o = 0; o < markets[p].length && left > 0; o++) {
                int here = Math.min(left, obtainable(p, o));
                for (int i = 0; i < here; i++) {
                    add(p, o);
                }
                left -= here;
            }
        }
    }

    private Cell cell(OfferingSpec offering, long seed) {
        for (Cell known : cells) {
            if (known.name.equals(offering.name())) {
                return known;
            }
        }
        Steps steps = offering.market().over(until, Chance.of(seed, "market " + offering.name()));
        Cell cell = new Cell(offering.name(), steps);
        cells.add(cell);
        for (long time : steps.times()) {
            if (time > 0) {
                calendar.at(time, () -> takeBack(cell));
            }
        }
        return cell;
    }

    /** The market has fewer nodes than are there: some are taken back. */
    private void takeBack(Cell cell) {
        int tooMany = cell.present - cell.steps.at(now());
        if (tooMany > 0) {
            List<SiteNode> candidates = new ArrayList<>(nodes);
            candidates.removeIf(node -> markets[node.pool][node.offering] != cell || node.leaves);
            while (tooMany-- > 0 && !candidates.isEmpty()) {
                notice(candidates.remove(losses.below(candidates.size())));
            }
        }
        watcher.changed();
    }

    private void notice(SiteNode node) {
        if (node.leaves || node.gone) {
            return;
        }
        node.leaves = true;
        nodesChanged++;
        markets[node.pool][node.offering].present--;
        meter.interrupted();
        watcher.happened("node %s is taken back", node.name);
        watcher.interrupted(node.pool, node.offering);
        calendar.at(now() + spec.notice(), () -> vanish(node));
        watcher.changed();
    }

    private void vanish(SiteNode node) {
        if (node.gone) {
            return;
        }
        List<Attempt> hit = new ArrayList<>();
        for (Seat seat : List.copyOf(node.seats)) {
            unbind(seat, seat.count);
            if (!hit.contains(seat.attempt)) {
                hit.add(seat.attempt);
            }
        }
        take(node);
        for (Attempt attempt : hit) {
            lostPods(attempt);
        }
        watcher.changed();
    }

    /** What is left of an attempt that lost pods goes on where it can, else it is over. */
    private void lostPods(Attempt attempt) {
        if (attempt.ended) {
            return;
        }
        int workers = attempt.bound.length - 1;
        boolean enough = true;
        for (int r = 0; r < workers; r++) {
            enough &= attempt.bound[r] >= attempt.job.roles().get(r).gang();
        }
        if (attempt.started && enough && attempt.bound[workers] >= least(attempt)) {
            settle(attempt);
            attempt.working = Math.min(attempt.working, attempt.bound[workers]);
            plan(attempt);
        } else if (!attempt.started && !attempt.isWhole()) {
            // Its pods are made again and wait.
            attempt.startToken++;
            if (attempt.seats.isEmpty()) {
                attempt.held = -1;
            }
            watcher.partial(attempt);
        } else {
            attempt.job.losses++;
            end(attempt, AttemptEnd.LOST);
        }
    }

    /** Fewer workers than this do not go on. */
    private static int least(Attempt attempt) {
        LoadRole workers = attempt.job.load.workers();
        int width = attempt.job.load.stages().get(attempt.stage).width();
        return Math.min(workers.gang(), workers.most() > workers.gang() ? Math.min(1, width) : workers.gang());
    }

    /** Takes an empty node away; the autoscaler's doing. */
    public void remove(SiteNode node) {
        if (!node.seats.isEmpty()) {
            throw new IllegalStateException("Node %s is not empty".formatted(node.name));
        }
        markets[node.pool][node.offering].present--;
        take(node);
        watcher.changed();
    }

    private void take(SiteNode node) {
        meter.advance(now());
        meter.node(-1, price(node.pool, node.offering));
        node.gone = true;
        nodes.remove(node);
        size[node.pool]--;
        nodesChanged++;
    }

    private void add(int pool, int offering) {
        meter.advance(now());
        meter.node(1, price(pool, offering));
        PoolSpec at = spec.pools().get(pool);
        int number = made++;
        SiteNode node =
                new SiteNode(number, pool, offering, at.name() + "-" + number, shapes[pool], at.maxPods(), now());
        nodes.add(node);
        size[pool]++;
        markets[pool][offering].present++;
        nodesChanged++;
        double rate = at.offerings().get(offering).lossesPerNodeHour();
        if (rate > 0) {
            long lives = (long) losses.waitFor(3_600_000 / rate);
            if (now() + lives <= until) {
                calendar.at(now() + lives, () -> notice(node));
            }
        }
        watcher.changed();
    }

    /**
     * Asks the cloud for nodes: as many as the market has come after their launch latency. {@code failed} is told how many will
     * not come, after {@code news}, or after {@code timeout} where they would be later than that.
     */
    public void order(int pool, int offering, int count, long news, long timeout, IntConsumer failed) {
        OfferingSpec from = spec.pools().get(pool).offerings().get(offering);
        Cell cell = markets[pool][offering];
        int come = Math.min(count, Math.max(0, cell.steps.at(now()) - cell.present - cell.coming));
        coming[pool][offering] += count;
        cell.coming += come;
        for (int i = 0; i < come; i++) {
            long takes = from.launch().draw(launches);
            boolean late = timeout > 0 && takes > timeout;
            calendar.at(now() + (late ? timeout : takes), () -> {
                coming[pool][offering]--;
                cell.coming--;
                if (!late && cell.steps.at(now()) > cell.present) {
                    add(pool, offering);
                    watcher.launched(pool, offering, 1);
                } else {
                    refused(pool, offering, 1, failed);
                }
            });
        }
        if (count > come) {
            int missing = count - come;
            calendar.at(now() + news, () -> {
                coming[pool][offering] -= missing;
                refused(pool, offering, missing, failed);
            });
        }
    }

    private void refused(int pool, int offering, int count, IntConsumer failed) {
        watcher.happened(
                "%d nodes of %s will not come",
                count, spec.pools().get(pool).offerings().get(offering).name());
        watcher.refused(pool, offering, count);
        failed.accept(count);
        watcher.changed();
    }

    // ---- jobs ----

    /** A job has arrived. */
    public SiteJob arrive(LoadJob load) {
        int roles = load.roles().size();
        long[][] asks = new long[roles][];
        boolean[][] allowed = new boolean[roles][];
        List<Object> kind = new ArrayList<>();
        for (int r = 0; r < roles; r++) {
            LoadRole role = load.roles().get(r);
            asks[r] = dense(role.pod());
            allowed[r] = new boolean[shapes.length];
            for (int p = 0; p < shapes.length; p++) {
                allowed[r][p] = role.pools().isEmpty()
                        || role.pools().contains(spec.pools().get(p).name());
            }
            kind.add(role);
        }
        SiteJob job = new SiteJob(load, asks, allowed, kinds.computeIfAbsent(kind, k -> kinds.size()));
        waiting.add(job);
        watcher.arrived(job);
        watcher.changed();
        return job;
    }

    /** Makes an attempt of a waiting job; its pods are bound nowhere yet. */
    public Attempt launch(SiteJob job) {
        if (!waiting.remove(job)) {
            throw new IllegalStateException("Job %s does not wait".formatted(job.load.id()));
        }
        job.state = SiteJob.State.LIVE;
        Attempt attempt = new Attempt(job, ++job.attempts, now());
        live.add(attempt);
        watcher.launched(attempt);
        return attempt;
    }

    /** Binds pods of a role to a node. */
    public void bind(Attempt attempt, int role, SiteNode node, int count) {
        if (attempt.ended || count < 1 || count > attempt.missing(role) || node.fits(attempt.job.asks[role]) < count) {
            throw new IllegalStateException("%d pods of %s cannot be bound to %s: missing %d, fits %d"
                    .formatted(
                            count,
                            attempt.job.load.id(),
                            node.name,
                            attempt.missing(role),
                            node.fits(attempt.job.asks[role])));
        }
        meter.advance(now());
        seat(attempt, role, node).count += count;
        node.take(attempt.job.asks[role], count);
        attempt.bound[role] += count;
        double share = share(attempt.job.asks[role], node.pool) * count;
        attempt.share += share;
        meter.use(share, attempt.working > 0);
        if (attempt.held < 0) {
            attempt.held = now();
            patience(attempt);
        }
        if (attempt.started) {
            if (role == attempt.bound.length - 1) {
                calendar.at(now() + spec.podStart().draw(starts), () -> join(attempt));
            }
        } else if (attempt.isWhole()) {
            int token = ++attempt.startToken;
            calendar.at(now() + spec.podStart().draw(starts), () -> start(attempt, token));
        }
    }

    private Seat seat(Attempt attempt, int role, SiteNode node) {
        for (Seat seat : node.seats) {
            if (seat.attempt == attempt && seat.role == role) {
                return seat;
            }
        }
        Seat seat = new Seat(attempt, role, node, 0);
        node.seats.add(seat);
        attempt.seats.add(seat);
        return seat;
    }

    private void unbind(Seat seat, int count) {
        meter.advance(now());
        long[] pod = seat.attempt.job.asks[seat.role];
        seat.node.give(pod, count);
        seat.count -= count;
        seat.attempt.bound[seat.role] -= count;
        double share = share(pod, seat.node.pool) * count;
        seat.attempt.share -= share;
        meter.use(-share, seat.attempt.working > 0);
        if (seat.count == 0) {
            seat.node.seats.remove(seat);
            seat.attempt.seats.remove(seat);
            if (seat.node.seats.isEmpty()) {
                seat.node.emptySince = now();
            }
        }
    }

    private void patience(Attempt attempt) {
        long patience = attempt.job.load.patience();
        if (patience > 0) {
            calendar.at(now() + patience, () -> {
                if (!attempt.ended && !attempt.started && !attempt.isWhole()) {
                    attempt.job.failures++;
                    end(attempt, AttemptEnd.LATE);
                    watcher.changed();
                }
            });
        }
    }

    private void start(Attempt attempt, int token) {
        if (attempt.ended || attempt.startToken != token || !attempt.isWhole()) {
            return;
        }
        attempt.started = true;
        if (attempt.job.firstStart < 0) {
            attempt.job.firstStart = now();
        }
        attempt.settled = now();
        attempt.done = attempt.job.saved;
        double skip = attempt.job.saved;
        List<dev.muster.simulation.load.Stage> stages = attempt.job.load.stages();
        while (attempt.stage < stages.size() - 1
                && skip >= stages.get(attempt.stage).podSeconds()) {
            skip -= stages.get(attempt.stage++).podSeconds();
        }
        attempt.left = Math.max(0, stages.get(attempt.stage).podSeconds() - skip);
        work(attempt, attempt.bound[attempt.bound.length - 1]);
        want(attempt);
        plan(attempt);
        watcher.started(attempt);
        watcher.changed();
    }

    /** How many pods work; whether any do decides what its room counts as. */
    private void work(Attempt attempt, int pods) {
        boolean before = attempt.working > 0;
        attempt.working = pods;
        if (before != pods > 0) {
            meter.advance(now());
            meter.use(-attempt.share, before);
            meter.use(attempt.share, pods > 0);
            working += pods > 0 ? 1 : -1;
        }
    }

    private void join(Attempt attempt) {
        if (!attempt.ended && attempt.started) {
            int bound = attempt.bound[attempt.bound.length - 1];
            if (attempt.working < bound) {
                settle(attempt);
                attempt.working++;
                plan(attempt);
            }
        }
    }

    /** How many workers the stage can use. */
    private void want(Attempt attempt) {
        LoadRole workers = attempt.job.load.workers();
        int width = attempt.job.load.stages().get(attempt.stage).width();
        int role = attempt.wanted.length - 1;
        if (workers.most() > workers.gang()) {
            attempt.wanted[role] = Math.min(workers.most(), width);
            if (attempt.bound[role] > attempt.wanted[role]) {
                int token = attempt.token;
                int stage = attempt.stage;
                calendar.at(now() + IDLE, () -> letGo(attempt, stage, token));
            }
        }
    }

    /** Workers without work end, whichever they are. */
    private void letGo(Attempt attempt, int stage, int token) {
        if (attempt.ended || attempt.stage != stage) {
            return;
        }
        int role = attempt.wanted.length - 1;
        settle(attempt);
        while (attempt.bound[role] > attempt.wanted[role]) {
            int which = idlers.below(attempt.bound[role]);
            for (Seat seat : List.copyOf(attempt.seats)) {
                if (seat.role == role) {
                    if (which < seat.count) {
                        unbind(seat, 1);
                        break;
                    }
                    which -= seat.count;
                }
            }
        }
        attempt.working = Math.min(attempt.working, attempt.bound[role]);
        plan(attempt);
        watcher.changed(attempt);
        watcher.changed();
    }

    private void settle(Attempt attempt) {
        double did = rate(attempt) * (now() - attempt.settled) / 1000.0;
        attempt.left = Math.max(0, attempt.left - did);
        attempt.done += did;
        attempt.settled = now();
    }

    private static int rate(Attempt attempt) {
        return Math.min(
                attempt.working, attempt.job.load.stages().get(attempt.stage).width());
    }

    /** Notes when the stage ends as things are. */
    private void plan(Attempt attempt) {
        int token = ++attempt.token;
        int rate = rate(attempt);
        if (rate == 0) {
            return;
        }
        double fails = attempt.job.load.failsAt();
        double stopsIn = attempt.left;
        boolean fault =
                fails > 0 && attempt.job.failures == 0 && attempt.done + stopsIn > fails * attempt.job.load.work();
        if (fault) {
            stopsIn = Math.max(0, fails * attempt.job.load.work() - attempt.done);
        }
        calendar.at(now() + (long) Math.ceil(stopsIn * 1000 / rate), () -> {
            if (attempt.ended || attempt.token != token) {
                return;
            }
            settle(attempt);
            if (fault) {
                attempt.job.failures++;
                end(attempt, AttemptEnd.FAILED);
            } else {
                next(attempt);
            }
            watcher.changed();
        });
    }

    private void next(Attempt attempt) {
        if (attempt.stage == attempt.job.load.stages().size() - 1) {
            end(attempt, AttemptEnd.DONE);
            return;
        }
        attempt.stage++;
        attempt.left = attempt.job.load.stages().get(attempt.stage).podSeconds();
        want(attempt);
        plan(attempt);
        watcher.changed(attempt);
    }

    /** Ends an attempt; what its job does next follows from why. */
    public void end(Attempt attempt, AttemptEnd why) {
        if (attempt.ended) {
            throw new IllegalStateException(
                    "Attempt %d of %s has ended".formatted(attempt.number, attempt.job.load.id()));
        }
        if (attempt.started) {
            settle(attempt);
        }
        SiteJob job = attempt.job;
        for (Seat seat : List.copyOf(attempt.seats)) {
            unbind(seat, seat.count);
        }
        work(attempt, 0);
        attempt.ended = true;
        live.remove(attempt);
        if (why == AttemptEnd.DONE) {
            close(job, SiteJob.State.DONE);
        } else {
            double kept = job.load.saves() > 0 ? kept(attempt) : job.saved;
            meter.lost(Math.max(0, attempt.done - kept) / 3600);
            job.saved = Math.max(job.saved, kept);
            if (why == AttemptEnd.EVICTED) {
                meter.evicted();
            }
            if (job.failures > job.load.retries()) {
                close(job, SiteJob.State.FAILED);
            } else {
                job.state = SiteJob.State.WAITING;
                job.waitsSince = now();
                waiting.add(job);
            }
        }
        watcher.ended(attempt, why);
    }

    /** What was saved last; saving goes by the work of the whole gang. */
    private static double kept(Attempt attempt) {
        double each = attempt.job.load.saves()
                / 1000.0
                * Math.max(1, attempt.job.load.workers().gang());
        return Math.floor(attempt.done / each) * each;
    }

    private void close(SiteJob job, SiteJob.State state) {
        job.state = state;
        job.ended = now();
        over++;
        failed += state == SiteJob.State.FAILED ? 1 : 0;
    }

    // ---- questions ----

    public long now() {
        return calendar.now();
    }

    public void at(long time, Runnable what) {
        calendar.at(time, what);
    }

    public SiteSpec spec() {
        return spec;
    }

    public String[] resources() {
        return resources.clone();
    }

    public List<SiteNode> nodes() {
        return nodesRead;
    }

    /** Changes whenever a node comes, goes, or will go. */
    public long nodesChanged() {
        return nodesChanged;
    }

    public Collection<SiteJob> waiting() {
        return Collections.unmodifiableCollection(waiting);
    }

    public Collection<Attempt> live() {
        return Collections.unmodifiableCollection(live);
    }

    /** Jobs that are done or have failed. */
    public int over() {
        return over;
    }

    public int failed() {
        return failed;
    }

    public int pools() {
        return shapes.length;
    }

    public PoolName pool(int pool) {
        return spec.pools().get(pool).name();
    }

    public int offerings(int pool) {
        return markets[pool].length;
    }

    public double price(int pool, int offering) {
        return spec.pools().get(pool).offerings().get(offering).price();
    }

    public long[] shape(int pool) {
        return shapes[pool];
    }

    public int maxPods(int pool) {
        return spec.pools().get(pool).maxPods();
    }

    /** Nodes that were asked for and have not come. */
    public int comingIn(int pool) {
        int sum = 0;
        for (int each : coming[pool]) {
            sum += each;
        }
        return sum;
    }

    /** The same of one offering. */
    public int coming(int pool, int offering) {
        return coming[pool][offering];
    }

    /** Nodes of an offering that can be had now beside those that are there. */
    public int obtainable(int pool, int offering) {
        return Math.max(0, markets[pool][offering].steps.at(now()) - markets[pool][offering].present);
    }

    /** Nodes of an offering that exist for us now. */
    public int market(int pool, int offering) {
        return markets[pool][offering].steps.at(now());
    }

    /** Nodes of all offerings that exist for us now, each counted once. */
    public int market() {
        int most = spec.pools().stream().mapToInt(PoolSpec::max).sum();
        long all = 0;
        for (Cell cell : cells) {
            all += cell.steps.at(now());
        }
        return (int) Math.min(most, all);
    }

    /** Nodes of a pool in a good hour: an offering that several pools use is parted between them. */
    public int nominal(int pool) {
        long all = 0;
        for (Cell cell : markets[pool]) {
            int users = 0;
            for (Cell[] others : markets) {
                for (Cell other : others) {
                    users += other == cell ? 1 : 0;
                }
            }
            all += (cell.steps.most() + users - 1) / users;
        }
        return (int) Math.min(all, spec.pools().get(pool).max());
    }

    public int size(int pool) {
        return size[pool];
    }

    public boolean mayGrowBy(int pool, int nodesMore) {
        return size[pool] + comingIn(pool) + nodesMore <= spec.pools().get(pool).max();
    }

    public boolean mayShrink(int pool) {
        return size[pool] > spec.pools().get(pool).min();
    }

    public boolean emptyNodeFits(int pool, long[] pod) {
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > shapes[pool][r]) {
                return false;
            }
        }
        return true;
    }

    /** The largest part of a node of the pool that a pod takes, over its resources. */
    public double share(long[] pod, int pool) {
        double most = 0;
        for (int r = 0; r < pod.length; r++) {
            if (pod[r] > 0) {
                most = Math.max(most, (double) pod[r] / Math.max(1, shapes[pool][r]));
            }
        }
        return most;
    }

    private long[] dense(Resources amounts) {
        long[] dense = new long[resources.length];
        for (int r = 0; r < dense.length; r++) {
            dense[r] = amounts.amount(resources[r]);
        }
        return dense;
    }

    /** How many nodes of an offering exist for us, are there, are on their way: over all pools that use it. */
    private static final class Cell {
        private final String name;
        private final Steps steps;
        private int present;
        private int coming;

        Cell(String name, Steps steps) {
            this.name = name;
            this.steps = steps;
        }
    }
}
