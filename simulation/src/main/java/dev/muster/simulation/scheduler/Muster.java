package dev.muster.simulation.scheduler;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.Expansion;
import dev.muster.quota.plan.Horizon;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.PlanSettings;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.WarmPlanner;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.autoscaler.Want;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.AttemptEnd;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import dev.muster.simulation.site.SiteNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Muster: the planner of the service decides, in a simulated cycle of its own; Volcano's binpack binds what it launches. */
final class Muster implements Scheduler {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Site site;
    private final PlanSettings settings;
    private final WarmPlanner planner = new WarmPlanner();
    private final Rosters rosters;
    private final Map<JobId, SiteJob> jobs = new HashMap<>();
    private final Map<JobId, Attempt> attempts = new HashMap<>();
    private final Set<Attempt> touched = new LinkedHashSet<>();
    private final Set<Attempt> elastic = new LinkedHashSet<>();
    private final Absences absences = new Absences();
    private final Offerings offerings;
    private final Holders holders;
    private final SeenNodes nodes;
    private final Recovering recovering;
    private final Notices notices;
    private final RecentUse recent;
    private final int permits;
    private final Map<QueueName, QueueSpec> queues = new LinkedHashMap<>();
    private List<QueueSpec> queueList;
    /** When gangs gave way in the last minute. */
    private final Deque<Instant> evicted = new ArrayDeque<>();
    /** When time alone lets others give way. */
    private Optional<Instant> horizon = Optional.empty();

    Muster(Site site, PlanSettings settings) {
        this.site = site;
        this.settings = settings;
        site.spec().queues().forEach(queue -> queues.put(queue.name(), queue));
        this.queueList = List.copyOf(queues.values());
        this.rosters = new Rosters(site, BEGINNING);
        this.offerings = new Offerings(site, settings, BEGINNING);
        this.holders = new Holders(site, BEGINNING, offerings, this::giveUp);
        this.nodes = new SeenNodes(site, offerings);
        this.recovering = new Recovering(site);
        this.notices = new Notices(site, offerings);
        this.recent = new RecentUse(site, settings.halfLife());
        this.permits = settings.permits().perOffering() * offerings.markets();
    }

    @Override
    public void arrived(SiteJob job) {
        jobs.put(job.load.id(), job);
        if (queues.putIfAbsent(job.load.queue(), plain(job.load.queue())) == null) {
            queueList = List.copyOf(queues.values());
        }
        rosters.waits(job, absences.of(job.load.id()));
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
        recovering.look(attempt);
    }

    @Override
    public void partial(Attempt attempt) {
        touched.add(attempt);
        if (holders.of(attempt) == null) {
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
        rosters.ended(id);
        attempts.remove(id);
        touched.remove(attempt);
        elastic.remove(attempt);
        holders.ended(attempt);
        recovering.ended(attempt);
        if (attempt.job.state == SiteJob.State.WAITING) {
            rosters.waits(attempt.job, absences.of(id));
        } else {
            jobs.remove(id);
            rosters.forget(id);
            absences.forget(id);
        }
    }

    @Override
    public void interrupted(int pool, int offering, long age) {
        offerings.interrupted(pool, offering, now(), Duration.ofMillis(age));
    }

    @Override
    public void launched(int pool, int offering, int count) {
        offerings.came(pool, offering, now());
    }

    @Override
    public void refused(int pool, int offering, int count) {
        holders.refused(pool, offering, count);
    }

    /** Everything of it, and it stays away for a while. */
    private void giveUp(Holder holder, String why) {
        offerings.failed(holder, now(), why);
        absences.add(
                holder.attempt().job.load.id(),
                holder.permits().stream()
                        .map(permit -> permit.offering().pool())
                        .toList(),
                now());
        site.end(holder.attempt(), AttemptEnd.RELEASED);
    }

    @Override
    public int permits() {
        return permits;
    }

    @Override
    public Optional<String> broken() {
        return holders.broken().or(recovering::broken);
    }

    @Override
    public long again() {
        Instant halfOpen = offerings.halfOpen(now());
        Instant back = absences.firstBack(now());
        Instant first = Stream.of(halfOpen, back, horizon.orElse(Instant.MAX))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return !rosters.anyWaits() || first.equals(Instant.MAX)
                ? Long.MAX_VALUE
                : Duration.between(BEGINNING, first).toMillis();
    }

    @Override
    public List<Want> decide() {
        holders.fill(touched::add, attempt -> absences.forgive(attempt.job.load.id()));
        touched.addAll(recovering.fill());
        touched.forEach(attempt -> rosters.lives(attempt, holders.of(attempt)));
        touched.clear();
        horizon = Optional.empty();
        if (rosters.anyWaits() || elastic.stream().anyMatch(this::couldGrow)) {
            plan();
        }
        List<Want> wants = new ArrayList<>(recovering.wants());
        wants.addAll(holders.wants());
        wants.addAll(notices.wants(now()));
        return wants;
    }

    private boolean couldGrow(Attempt attempt) {
        return settings.elastic() && attempt.missing(attempt.job.asks.length - 1) > 0;
    }

    private void plan() {
        Snapshot snapshot = new Snapshot(now(), queueList, nodes.now(), rosters.pending(), rosters.living(), settings)
                .withExpansions(expansions())
                .with(recent.now())
                .withEvictedLately(evictedLately());
        Plan plan = planner.plan(snapshot);
        if (settings.eviction().isOn()) {
            horizon = Horizon.of(snapshot, plan);
        }
        plan.claims().forEach(rosters::claims);
        for (Decision decision : plan.decisions()) {
            if (decision instanceof Decision.Hold) {
                break;
            }
            decision.match(this::launch, this::grow, this::shrink, this::evict, hold -> true);
        }
        if (evictedLately() >= settings.eviction().perMinute()) {
            Instant next = evicted.getFirst().plus(MINUTE);
            horizon = Optional.of(horizon.filter(next::isAfter).orElse(next));
        }
        plan.passed().forEach(rosters::passed);
        Set<JobId> changed = new LinkedHashSet<>(plan.passed());
        changed.addAll(plan.claims().keySet());
        for (JobId job : changed) {
            SiteJob waiting = jobs.get(job);
            if (waiting != null && waiting.state == SiteJob.State.WAITING) {
                rosters.waits(waiting, absences.of(job));
            }
        }
    }

    private int evictedLately() {
        while (!evicted.isEmpty() && !evicted.getFirst().plus(MINUTE).isAfter(now())) {
            evicted.removeFirst();
        }
        return evicted.size();
    }

    private List<Expansion> expansions() {
        if (!offerings.mayGrow()) {
            return List.of();
        }
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
        rosters.launched(launch.job());
        attempts.put(launch.job(), attempt);
        bind(attempt, launch.promise());
        touched.add(attempt);
        if (!launch.permits().isEmpty()) {
            holders.add(new Holder(attempt, launch.permits(), now()));
        }
        return true;
    }

    private void bind(Attempt attempt, List<LiveAttempt.Held> promise) {
        for (LiveAttempt.Held held : promise) {
            SiteNode at = nodes.of(held.node());
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
        Attempt attempt = attempts.get(shrink.job());
        for (LiveAttempt.Held held : shrink.pods()) {
            SiteNode at = nodes.of(held.node());
            if (attempt != null && at != null) {
                site.shrink(attempt, at, held.count());
            }
        }
        return true;
    }

    private boolean evict(Decision.Evict evict) {
        Attempt attempt = attempts.get(evict.job());
        if (attempt != null) {
            rosters.evicted(evict.job());
            evicted.addLast(now());
            site.end(attempt, AttemptEnd.EVICTED);
        }
        return true;
    }

    private Instant now() {
        return BEGINNING.plusMillis(site.now());
    }
}
