package dev.muster.quota.plan;

import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.JobId;
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
    private @Nullable Ends ends;
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<JobId, Decision.Launch> launched = new LinkedHashMap<>();
    private final Map<JobId, List<Reason>> special = new LinkedHashMap<>();
    private final Map<JobId, Reason> behind = new LinkedHashMap<>();
    private final Set<JobId> passed = new HashSet<>();

    Acts(World world) {
        this.world = world;
    }

    /** Worked out when somebody asks: most cycles reserve nothing. */
    Ends ends() {
        if (ends == null) {
            ends = new Ends(world);
            for (PendingJob job : world.snapshot.pending()) {
                Decision.Launch launch = launched.get(job.id());
                if (launch != null) {
                    if (ends != null) {
                        ends.add(job, launch.promise());
                    }
                }
            }
        }
        return ends;
    }

    void launch(PendingJob job, Group group, Placement placement) {
        world.ledger.add(group.queue, group.shape.total());
        Decision.Launch launch = Launches.launch(job, placement);
        launched.put(job.id(), launch);
        decisions.add(launch);
        if (ends != null) {
            ends.add(job, launch.promise());
        }
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
        behind.put(job, reason);
    }

    /** Another pass begins: who is behind a reservation is found again. */
    void newPass() {
        behind.clear();
    }

    void passed(JobId job) {
        passed.add(job);
    }

    boolean isLaunched(JobId job) {
        return launched.containsKey(job);
    }

    int launches() {
        return launched.size();
    }

    boolean mayLaunchMore() {
        return launched.size() < world.snapshot.settings().maxLaunches();
    }

    Plan plan(Groups groups) {
        Explainer explainer = new Explainer(world, groups, launched.size());
        List<Decision> all = new ArrayList<>(decisions);
        List<PendingJob> pending = world.snapshot.pending();
        for (int i = 0; i < pending.size(); i++) {
            JobId job = pending.get(i).id();
            if (!launched.containsKey(job)) {
                List<Reason> own = new ArrayList<>(special.getOrDefault(job, List.of()));
                Reason held = behind.get(job);
                if (held != null) {
                    own.add(held);
                }
                Group group = groups.of(i);
                all.add(new Decision.Hold(
                        job,
                        own.isEmpty() ? group.reasons(explainer) : new Reasons(() -> explainer.whyNot(group, own))));
            }
        }
        return new Plan(all, passed);
    }
}
