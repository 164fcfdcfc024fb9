package dev.muster.simulation.scheduler;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.PendingJob;
import dev.muster.quota.plan.Roster;
import dev.muster.quota.plan.RosterEditor;
import dev.muster.quota.plan.Traits;
import dev.muster.simulation.SimulatedPool;
import dev.muster.simulation.load.LoadRole;
import dev.muster.simulation.site.Attempt;
import dev.muster.simulation.site.Site;
import dev.muster.simulation.site.SiteJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs that wait and attempts that live, as the planner reads them; kept up by what changes. */
final class Rosters {
    private final Site site;
    private final Instant beginning;
    private final RosterEditor<PendingJob> pending = RosterEditor.ofWaiting();
    private final RosterEditor<LiveAttempt> living = RosterEditor.ofLiving();
    private final Map<JobId, Integer> passed = new HashMap<>();
    private final Map<JobId, Integer> evictions = new HashMap<>();
    /** Room that was made for jobs that wait. */
    private final Map<JobId, List<LiveAttempt.Held>> claims = new HashMap<>();

    private final Map<Object, List<Ask>> asks = new HashMap<>();

    Rosters(Site site, Instant beginning) {
        this.site = site;
        this.beginning = beginning;
    }

    Roster<PendingJob> pending() {
        return pending.freeze();
    }

    Roster<LiveAttempt> living() {
        return living.freeze();
    }

    boolean anyWaits() {
        return pending.size() > 0;
    }

    /** {@code notIn}: pools from which it stays away. */
    void waits(SiteJob job, Map<PoolName, Instant> notIn) {
        pending.put(new PendingJob(
                job.load.id(),
                job.load.queue(),
                job.load.priority(),
                beginning.plusMillis(job.load.arrival()),
                asks(job),
                notIn,
                traits(job),
                claims.getOrDefault(job.load.id(), List.of())));
    }

    /** Others were launched although it has waited longer. */
    void passed(JobId job) {
        passed.merge(job, 1, Integer::sum);
    }

    /** Others gave way so that it has this room. */
    void claims(JobId job, List<LiveAttempt.Held> room) {
        claims.put(job, room);
    }

    /** It gave way to another. */
    void evicted(JobId job) {
        evictions.merge(job, 1, Integer::sum);
    }

    void launched(JobId job) {
        claims.remove(job);
        pending.remove(job);
        passed.remove(job);
    }

    void ended(JobId job) {
        living.remove(job);
    }

    void forget(JobId job) {
        claims.remove(job);
        evictions.remove(job);
        passed.remove(job);
    }

    /** {@code holder}: where it waits for nodes. */
    void lives(Attempt attempt, @Nullable Holder holder) {
        SiteJob job = attempt.job;
        List<LiveAttempt.Held> held = new ArrayList<>();
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
        living.put(new LiveAttempt(
                new AttemptId(job.load.id(), attempt.number),
                job.load.queue(),
                job.load.priority(),
                beginning.plusMillis(attempt.since),
                held,
                wanted(attempt),
                traits(job),
                null));
    }

    private Traits traits(SiteJob job) {
        Long estimate = job.load.estimate();
        return (job.load.mayPreempt() ? Traits.PLAIN.withPreemption() : Traits.PLAIN)
                .withRunTime(estimate == null ? null : Duration.ofMillis(estimate))
                .withPassed(passed.getOrDefault(job.load.id(), 0))
                .withEvictions(evictions.getOrDefault(job.load.id(), 0));
    }

    private List<Ask> asks(SiteJob job) {
        return asks.computeIfAbsent(
                job.kind, kind -> job.roles().stream().map(Rosters::ask).toList());
    }

    private static Ask ask(LoadRole role) {
        NodeAffinity where = role.pools().isEmpty()
                ? NodeAffinity.ANY
                : NodeAffinity.in(
                        SimulatedPool.POOL,
                        role.pools().stream().map(PoolName::value).sorted().toList());
        return new Ask(role.name(), role.gang(), role.most(), role.pod(), where, List.of());
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
}
