package dev.muster.quota.plan;

import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.QueueName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one cycle has decided so far. */
final class Acts {
    private final World world;
    private final LimitBook limits;
    private @Nullable Ends ends;
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<JobId, Decision.Launch> launched = new LinkedHashMap<>();
    private final List<Entry> started = new ArrayList<>();
    private final Map<JobId, List<Reason>> special = new LinkedHashMap<>();
    private final Remarks limited = new Remarks();
    private final Remarks granular = new Remarks();
    private @Nullable Reason granularForOthers;
    private @Nullable TakersByGroup others;
    private final Remarks behind = new Remarks();
    private final Remarks unasked = new Remarks();
    private @Nullable Granting granting;
    private final List<Bundle> leaving = new ArrayList<>();
    private final Map<JobId, List<LiveAttempt.Held>> claims = new LinkedHashMap<>();
    private final Set<JobId> decided = new HashSet<>();
    private final Set<JobId> passed = new HashSet<>();
    private final Set<QueueName> above = new HashSet<>();

    Acts(World world) {
        this.world = world;
        this.limits = new LimitBook(world);
    }

    /** Worked out when somebody asks: most cycles reserve nothing. */
    Ends ends() {
        if (ends == null) {
            ends = new Ends(world);
            for (Entry entry : started) {
                Decision.Launch launch = launched.get(entry.job().id());
                if (launch != null && ends != null) {
                    ends.add(entry.job(), launch.promise());
                }
            }
        }
        return ends;
    }

    void launch(PendingJob job, Group group, Placement placement) {
        launch(job, group, Launches.promise(job, placement));
    }

    /** At a place whose room is taken already. */
    void launch(PendingJob job, Group group, List<LiveAttempt.Held> promise) {
        world.book(group.queue, group.shape, promise);
        Decision.Launch launch =
                Launches.launch(job, promise, world.snapshot.settings().poolChoice());
        launched.put(job.id(), launch);
        started.add(new Entry(job, group));
        limits.add(job, group);
        decisions.add(launch);
        if (ends != null) {
            ends.add(job, promise);
        }
    }

    /** With permits for nodes that are not there yet; the room of the nodes that are is taken already. */
    void launch(PendingJob job, Group group, List<LiveAttempt.Held> promise, List<Permit> permits) {
        launch(job, group, promise);
        Decision.Launch plain = launched.get(job.id());
        if (plain != null) {
            Decision.Launch launch = Launches.withPermits(plain, permits);
            launched.put(job.id(), launch);
            decisions.set(decisions.size() - 1, launch);
        }
    }

    /** Who has been launched in this cycle and whose room is being made, as if they lived already. */
    List<LiveAttempt> living() {
        List<LiveAttempt> living = new ArrayList<>();
        for (Entry entry : started) {
            Decision.Launch launch = launched.get(entry.job().id());
            if (launch != null) {
                living.add(entry.job().launched(world.snapshot.now(), launch.promise()));
            }
        }
        claims.forEach((job, claim) -> {
            Entry entry = world.crowd.find(job);
            if (entry != null) {
                living.add(entry.job().launched(world.snapshot.now(), claim));
            }
        });
        return living;
    }

    /** The permits of launches of this cycle. */
    List<Permit> permits() {
        return launched.values().stream()
                .flatMap(launch -> launch.permits().stream())
                .toList();
    }

    /** What the last look at growing pools found. */
    void looked(Granting last) {
        granting = last;
        unasked.clear();
        last.refused().forEach(unasked::add);
    }

    void add(Decision decision) {
        decisions.add(decision);
    }

    /** These reasons stand before those that the world itself gives. */
    void hold(JobId job, Reason reason) {
        special.computeIfAbsent(job, id -> new ArrayList<>()).add(reason);
    }

    /** Held in this pass only by a reservation. */
    void behind(JobId job, Reason reason) {
        behind.add(job, reason);
    }

    /** True where a limit on users or classes may stand against jobs. */
    boolean anyLimits() {
        return !limits.isEmpty();
    }

    /** True where a limit on its user or class stands against the job; it is held with that reason. */
    boolean isLimited(PendingJob job, Group group) {
        Reason reason = limits.refusal(job, group);
        if (reason != null) {
            limited.add(job.id(), reason);
        }
        return reason != null;
    }

    /** Nobody may give way for it in this pass, because the gangs are too large. */
    void granular(JobId job, Reason reason) {
        granular.add(job, reason);
    }

    /** The same reason for each of these of which nothing else was found in this pass. */
    void granularForOthers(Reason reason, TakersByGroup takers) {
        granularForOthers = reason;
        others = takers;
    }

    /** Another pass begins: who is behind a reservation is found again. */
    void newPass() {
        granular.clear();
        granularForOthers = null;
        limited.clear();
        behind.clear();
    }

    void passed(JobId job) {
        passed.add(job);
    }

    /** These leave for somebody; they count until they are gone. */
    void leaving(List<Bundle> bundles) {
        leaving.addAll(bundles);
    }

    /** Everybody who leaves for somebody, of this cycle and earlier ones. */
    List<Bundle> leaving() {
        return leaving;
    }

    /** It waits for room that is being made, and takes part in nothing else. */
    void decided(JobId job, List<LiveAttempt.Held> claim) {
        decided.add(job);
        claims.put(job, claim);
    }

    /** Launched, or waiting for room that is being made. */
    boolean isDecided(JobId job) {
        return (!launched.isEmpty() && launched.containsKey(job)) || (!decided.isEmpty() && decided.contains(job));
    }

    boolean anyDecided() {
        return !launched.isEmpty() || !decided.isEmpty();
    }

    int launches() {
        return launched.size();
    }

    boolean mayLaunchMore() {
        return launched.size() < world.snapshot.settings().maxLaunches();
    }

    Plan plan(Groups groups) {
        Explainer explainer = new Explainer(world, groups, launched.size(), granting);
        Holds holds = new Holds(
                explainer, special, List.of(limited, unasked, behind, granular), granularForOthers, others, decided);
        return new Plan(new Decisions(List.copyOf(decisions), world.crowd, started, holds), passed, claims, above);
    }

    /** These queues hold more than they may. */
    void above(QueueName queue) {
        above.add(queue);
    }

    /** Whole gangs that are evicted for a cut: they count in the bounds of a cycle. */
    int gangsCut() {
        return (int) decisions.stream()
                .filter(decision -> decision instanceof Decision.Evict evict && evict.inFavourOf() == null)
                .count();
    }
}
