package dev.muster.simulation.scheduler;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Permit;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.RosterEditor;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.plan.WarmPlanner;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.SimulatedPool;
import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AttemptEnd;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Muster: the planner of the service decides, in a simulated cycle of its own; Volcano's binpack binds what it launches. */
final class Muster implements Scheduler {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Site site;
    private final PlanSettings settings;
    private final WarmPlanner planner = new WarmPlanner();
    private final RosterEditor<PendingJob> pending = RosterEditor.ofWaiting();
    private final RosterEditor<LiveAttempt> living = RosterEditor.ofLiving();
    private final Map<JobId, SiteJob> jobs = new HashMap<>();
    private final Map<JobId, Attempt> attempts = new HashMap<>();
    private final Map<JobId, Integer> passed = new HashMap<>();
    private final Set<Attempt> touched = new LinkedHashSet<>();
    private final Map<String, SiteNode> byName = new HashMap<>();
    private final Map<Object, List<Ask>> asks = new HashMap<>();
    private final Set<Attempt> elastic = new LinkedHashSet<>();
    private final Map<Attempt, Holder> holders = new LinkedHashMap<>();
    private final Map<JobId, Integer> releases = new HashMap<>();
    private final Map<JobId, Map<PoolName, Instant>> notIn = new HashMap<>();
    private final Offerings offerings;
    private final RecentUse recent;
    private final Placing placeholders;
    private final int permits;
    private @Nullable String brokenPromise;
    private final Map<QueueName, QueueSpec> queues = new LinkedHashMap<>();
    private List<QueueSpec> queueList;
    private List<Node> nodes = List.of();
    private long nodesSeen = -1;

    Muster(Site site, PlanSettings settings) {
        this.site = site;
        this.settings = settings;
        site.spec().queues().forEach(queue -> queues.put(queue.name(), queue));
        this.queueList = List.copyOf(queues.values());
        this.offerings = new Offerings(site, settings, BEGINNING);
        this.recent = new RecentUse(site, settings.halfLife());
        this.placeholders = new Placing(site, Scoring.LEAST_ALLOCATED);
        this.permits = settings.permits().perOffering() * offerings.markets();
    }

    @Override
    public void arrived(SiteJob job) {
        jobs.put(job.load.id(), job);
        if (queues.putIfAbsent(job.load.queue(), plain(job.load.queue())) == null) {
            queueList = List.copyOf(queues.values());
        }
        wait(job);
    }

    private void wait(SiteJob job) {
        pending.put(new PendingJob(
                job.load.id(),
                job.load.queue(),
                job.load.priority(),
                instant(job.load.arrival()),
                asks(job),
                notIn.getOrDefault(job.load.id(), Map.of()),
                traits(job)));
    }

    private Traits traits(SiteJob job) {
        Long estimate = job.load.estimate();
        return Traits.PLAIN
                .withRunTime(estimate == null ? null : Duration.ofMillis(estimate))
                .withPassed(passed.getOrDefault(job.load.id(), 0));
    }

    private List<Ask> asks(SiteJob job) {
        return asks.computeIfAbsent(
                job.kind, kind -> job.roles().stream().map(Muster::ask).toList());
    }

    private static Ask ask(LoadRole role) {
        NodeAffinity where = role.pools().isEmpty()
                ? NodeAffinity.ANY
                : NodeAffinity.in(
                        SimulatedPool.POOL,
                        role.pools().stream().map(pool -> pool.value()).sorted().toList());
        return new Ask(role.name(), role.gang(), role.most(), role.pod(), where, List.of());
    }

    private static QueueSpec plain(QueueName name) {
        return new QueueSpec(name, null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN);
    }

    @Override
    public void started(Attempt attempt) {
        touched.add(attempt);
        if (attempt.job.load.workers().most() > attempt.job.load.workers().gang()) {
            elastic.add(attempt);
        }
    }

    @Override
    public void changed(Attempt attempt) {
        touched.add(attempt);
    }

    @Override
    public void partial(Attempt attempt) {
        touched.add(attempt);
        if (!holders.containsKey(attempt)) {
            // Whole or not at all: what is left is released and waits again.
            site.at(site.now(), () -> {
                if (!attempt.ended()) {
                    site.end(attempt, AttemptEnd.RELEASED);
                }
            });
        }
    }

    @Override
    public void ended(Attempt attempt, AttemptEnd why) {
        JobId id = attempt.job.load.id();
        living.remove(id);
        attempts.remove(id);
        touched.remove(attempt);
        elastic.remove(attempt);
        Holder holder = holders.remove(attempt);
        if (holder != null) {
            offerings.forget(holder);
        }
        if (attempt.job.state == SiteJob.State.WAITING) {
            wait(attempt.job);
        } else {
            jobs.remove(id);
            passed.remove(id);
            releases.remove(id);
            notIn.remove(id);
        }
    }

    @Override
    public void interrupted(int pool, int offering) {
        offerings.interrupted(pool, offering, now());
    }

    @Override
    public void launched(int pool, int offering, int count) {
        offerings.came(pool, offering, now());
    }

    @Override
    public void refused(int pool, int offering, int count) {
        int left = count;
        for (Holder holder : offerings.waitingFor(pool, offering)) {
            if (left <= 0) {
                break;
            }
            left -= release(holder, "%d nodes did not come".formatted(count));
        }
    }

    /** Everything of it, and it stays away for a while; how many nodes it waited for. */
    private int release(Holder holder, String why) {
        int missing = offerings.failed(holder, now(), why);
        Attempt attempt = holder.attempt();
        JobId id = attempt.job.load.id();
        int times = releases.merge(id, 1, Integer::sum);
        Instant until = now().plusSeconds(30L << Math.min(times - 1, 6));
        Map<PoolName, Instant> away = new HashMap<>(notIn.getOrDefault(id, Map.of()));
        away.values().removeIf(time -> !time.isAfter(now()));
        holder.permits().forEach(permit -> away.put(permit.offering().pool(), until));
        notIn.put(id, away);
        site.end(attempt, AttemptEnd.RELEASED);
        return missing;
    }

    @Override
    public int permits() {
        return permits;
    }

    @Override
    public Optional<String> broken() {
        if (brokenPromise != null) {
            return Optional.of(brokenPromise);
        }
        return holders.values().stream()
                .filter(holder -> holder.deadline().isBefore(now()))
                .findFirst()
                .map(holder -> "%s waits for nodes beyond its deadline, %s"
                        .formatted(holder.attempt().job.load.id(), holder.deadline()));
    }

    @Override
    public long again() {
        Instant first = offerings.halfOpen(now());
        for (Map<PoolName, Instant> away : notIn.values()) {
            for (Instant until : away.values()) {
                first = until.isAfter(now()) && until.isBefore(first) ? until : first;
            }
        }
        return pending.size() == 0 || first.equals(Instant.MAX)
                ? Long.MAX_VALUE
                : Duration.between(BEGINNING, first).toMillis();
    }

    @Override
    public List<Want> decide() {
        fill();
        touched.forEach(attempt -> living.put(seen(attempt)));
        touched.clear();
        if (pending.size() > 0 || elastic.stream().anyMatch(this::couldGrow)) {
            plan();
        }
        List<Want> wants = new ArrayList<>();
        for (Holder holder : holders.values()) {
            Attempt attempt = holder.attempt();
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    wants.add(new Want(
                            attempt.job.asks[role], offerings.of(holder, attempt.job, role), attempt.missing(role)));
                }
            }
        }
        return wants;
    }

    /** Placeholders take the nodes that have come; when the whole gang has room, its pods take their place. */
    private void fill() {
        for (Holder holder : List.copyOf(holders.values())) {
            Attempt attempt = holder.attempt();
            int missing = 0;
            for (int role = 0; role < attempt.job.asks.length; role++) {
                if (attempt.missing(role) > 0) {
                    placeholders.bindWhatFits(attempt, role);
                    touched.add(attempt);
                }
                missing += attempt.missing(role);
            }
            if (missing == 0) {
                holders.remove(attempt);
                offerings.filled(holder, now());
                releases.remove(attempt.job.load.id());
            }
        }
    }

    private boolean couldGrow(Attempt attempt) {
        return settings.elastic() && attempt.missing(attempt.job.asks.length - 1) > 0;
    }

    private void plan() {
        Plan plan = planner.plan(new Snapshot(now(), queueList, nodes(), pending.freeze(), living.freeze(), settings)
                .withExpansions(expansions())
                .with(recent.now()));
        for (Decision decision : plan.decisions()) {
            if (decision instanceof Decision.Hold) {
                break;
            }
            decision.match(this::launch, this::grow, this::shrink, this::evict, hold -> true);
        }
        for (JobId job : plan.passed()) {
            passed.merge(job, 1, Integer::sum);
            SiteJob waiting = jobs.get(job);
            if (waiting != null && waiting.state == SiteJob.State.WAITING) {
                wait(waiting);
            }
        }
    }

    private List<Expansion> expansions() {
        int pods = 0;
        boolean[] pools = new boolean[site.pools()];
        Set<Integer> kinds = new HashSet<>();
        for (SiteJob job : site.waiting()) {
            if (kinds.add(job.kind)) {
                pods = Math.max(pods, job.load.gang());
                for (int pool = 0; pool < pools.length; pool++) {
                    for (int role = 0; role < job.asks.length; role++) {
                        pools[pool] |= job.mayRunIn(role, pool);
                    }
                }
            }
        }
        return offerings.expansions(now(), pods * settings.permits().perOffering(), pools);
    }

    private boolean launch(Decision.Launch launch) {
        SiteJob job = jobs.get(launch.job());
        Attempt attempt = site.launch(job);
        pending.remove(launch.job());
        passed.remove(launch.job());
        attempts.put(launch.job(), attempt);
        bind(attempt, launch.promise());
        touched.add(attempt);
        if (!launch.permits().isEmpty()) {
            hold(new Holder(attempt, launch.permits(), now()));
        }
        return true;
    }

    private void hold(Holder holder) {
        for (Permit permit : holder.permits()) {
            if (offerings.isOpen(permit, now())) {
                brokenPromise = "%s may ask for nodes of %s, whose breaker is open"
                        .formatted(holder.attempt().job.load.id(), permit.offering());
            }
        }
        holders.put(holder.attempt(), holder);
        offerings.asks(holder);
        long deadline = Duration.between(BEGINNING, holder.deadline()).toMillis();
        site.at(deadline, () -> {
            if (holders.get(holder.attempt()) == holder) {
                release(holder, "nodes did not come in time");
            }
        });
    }

    private void bind(Attempt attempt, List<LiveAttempt.Held> promise) {
        for (LiveAttempt.Held held : promise) {
            NodeName node = held.node();
            SiteNode at = node == null ? null : byName.get(node.value());
            if (at != null) {
                int role = role(attempt.job, held.role());
                int count = Math.min(held.count(), Math.min(at.fits(attempt.job.asks[role]), attempt.missing(role)));
                if (count > 0) {
                    site.bind(attempt, role, at, count);
                }
            }
        }
    }

    private static int role(SiteJob job, RoleName name) {
        for (int r = 0; r < job.roles().size(); r++) {
            if (job.roles().get(r).name().equals(name)) {
                return r;
            }
        }
        throw new IllegalStateException("No role %s in job %s".formatted(name, job.load.id()));
    }

    private boolean grow(Decision.Grow grow) {
        Attempt attempt = attempts.get(grow.job());
        if (attempt != null) {
            bind(attempt, grow.promise());
            touched.add(attempt);
        }
        return true;
    }

    private boolean shrink(Decision.Shrink shrink) {
        return true;
    }

    private boolean evict(Decision.Evict evict) {
        Attempt attempt = attempts.get(evict.job());
        if (attempt != null) {
            site.end(attempt, AttemptEnd.EVICTED);
        }
        return true;
    }

    private LiveAttempt seen(Attempt attempt) {
        SiteJob job = attempt.job;
        List<LiveAttempt.Held> held = new ArrayList<>();
        Holder holder = holders.get(attempt);
        for (int role = 0; holder != null && role < job.asks.length; role++) {
            if (attempt.missing(role) > 0) {
                LoadRole asked = job.roles().get(role);
                PoolName pool = holder.permits().get(0).offering().pool();
                held.add(new LiveAttempt.Held(asked.name(), pool, null, asked.pod(), attempt.missing(role)));
            }
        }
        attempt.seats((role, node, count) -> {
            LoadRole asked = job.roles().get(role);
            held.add(new LiveAttempt.Held(
                    asked.name(), site.pool(node.pool), new NodeName(node.name), asked.pod(), count));
        });
        return new LiveAttempt(
                new AttemptId(job.load.id(), attempt.number),
                job.load.queue(),
                job.load.priority(),
                instant(attempt.since),
                held,
                wanted(attempt),
                traits(job),
                null);
    }

    /** What its stage can use now. */
    private List<Ask> wanted(Attempt attempt) {
        List<Ask> all = asks(attempt.job);
        LoadRole workers = attempt.job.load.workers();
        int last = all.size() - 1;
        int wanted = attempt.wanted(last);
        if (!attempt.started() || workers.most() == workers.gang() || wanted == workers.most()) {
            return all;
        }
        List<Ask> now = new ArrayList<>(all);
        Ask ask = all.get(last);
        now.set(
                last,
                new Ask(
                        ask.role(),
                        Math.min(ask.minimum(), wanted),
                        wanted,
                        ask.pod(),
                        ask.affinity(),
                        ask.tolerations()));
        return now;
    }

    private List<Node> nodes() {
        if (nodesSeen != site.nodesChanged()) {
            nodesSeen = site.nodesChanged();
            byName.clear();
            List<Node> seen = new ArrayList<>();
            for (SiteNode node : site.nodes()) {
                byName.put(node.name, node);
                seen.add(new Node(
                        new NodeName(node.name),
                        site.pool(node.pool),
                        labels(node),
                        List.of(),
                        site.spec().pools().get(node.pool).shape(),
                        Resources.NONE,
                        site.maxPods(node.pool),
                        0,
                        !node.leaves()));
            }
            nodes = List.copyOf(seen);
        }
        return nodes;
    }

    private Map<String, String> labels(SiteNode node) {
        Map<String, String> labels = offerings.labels(node.pool, node.offering);
        labels.put("kubernetes.io/hostname", node.name);
        return labels;
    }

    private Instant now() {
        return instant(site.now());
    }

    private static Instant instant(long time) {
        return BEGINNING.plusMillis(time);
    }
}
