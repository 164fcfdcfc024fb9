package dev.muster.simulation.scheduler;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.RosterEditor;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.Traits;
import dev.muster.quota.plan.WarmPlanner;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Muster: the planner of the service decides, in a simulated cycle of its own; Volcano's binpack binds what it launches. */
final class Muster implements Scheduler {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Site site;
    private final PlanSettings settings;
    private final WarmPlanner planner = new WarmPlanner();
    private final RosterEditor<PendingJob> pending = new RosterEditor<>(PendingJob::id);
    private final RosterEditor<LiveAttempt> living =
            new RosterEditor<>(attempt -> attempt.id().job());
    private final Map<JobId, SiteJob> jobs = new HashMap<>();
    private final Map<JobId, Attempt> attempts = new HashMap<>();
    private final Map<JobId, Integer> passed = new HashMap<>();
    private final Set<Attempt> touched = new LinkedHashSet<>();
    private final Map<String, SiteNode> byName = new HashMap<>();
    private final Map<Object, List<Ask>> asks = new HashMap<>();
    private final Map<QueueName, QueueSpec> queues = new LinkedHashMap<>();
    private List<QueueSpec> queueList;
    private List<Node> nodes = List.of();
    private long nodesSeen = -1;

    Muster(Site site, PlanSettings settings) {
        this.site = site;
        this.settings = settings;
        site.spec().queues().forEach(queue -> queues.put(queue.name(), queue));
        this.queueList = List.copyOf(queues.values());
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
                Map.of(),
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
                : new NodeAffinity(
                        List.of(new NodeAffinity.Term(List.of(new NodeAffinity.Expression(
                                "muster.dev/pool",
                                NodeAffinity.Operator.IN,
                                role.pools().stream()
                                        .map(pool -> pool.value())
                                        .sorted()
                                        .toList())))),
                        List.of());
        return new Ask(role.name(), role.gang(), role.most(), role.pod(), where, List.of());
    }

    private static QueueSpec plain(QueueName name) {
        return new QueueSpec(name, null, Resources.NONE, Resources.NONE, null, 1, QueueState.OPEN);
    }

    @Override
    public void started(Attempt attempt) {
        touched.add(attempt);
    }

    @Override
    public void changed(Attempt attempt) {
        touched.add(attempt);
    }

    @Override
    public void partial(Attempt attempt) {
        // Whole or not at all: what is left is released and waits again.
        site.at(site.now(), () -> {
            if (!attempt.ended()) {
                site.end(attempt, AttemptEnd.RELEASED);
            }
        });
    }

    @Override
    public void ended(Attempt attempt, AttemptEnd why) {
        living.remove(attempt.job.load.id());
        attempts.remove(attempt.job.load.id());
        touched.remove(attempt);
        if (attempt.job.state == SiteJob.State.WAITING) {
            wait(attempt.job);
        } else {
            jobs.remove(attempt.job.load.id());
            passed.remove(attempt.job.load.id());
        }
    }

    @Override
    public List<Want> decide() {
        touched.forEach(attempt -> living.put(seen(attempt)));
        touched.clear();
        if (pending.size() == 0 && !settings.elastic()) {
            return List.of();
        }
        Plan plan = planner.plan(
                new Snapshot(instant(site.now()), queueList, nodes(), pending.freeze(), living.freeze(), settings));
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
        return List.of();
    }

    private boolean launch(Decision.Launch launch) {
        SiteJob job = jobs.get(launch.job());
        Attempt attempt = site.launch(job);
        pending.remove(launch.job());
        passed.remove(launch.job());
        attempts.put(launch.job(), attempt);
        bind(attempt, launch.promise());
        touched.add(attempt);
        return true;
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
                        Map.of(
                                "kubernetes.io/hostname",
                                node.name,
                                "muster.dev/pool",
                                site.pool(node.pool).value()),
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

    private static Instant instant(long time) {
        return BEGINNING.plusMillis(time);
    }
}
