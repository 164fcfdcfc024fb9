package dev.muster.quota.plan;

import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting gangs start, in which pools. A pure function: the same snapshot gives the same plan, in whatever order
 * its lists are.
 */
public final class Planner {
    public Plan plan(Snapshot snapshot) {
        World world = World.of(snapshot);
        Groups groups = new Groups(world);
        Cycle cycle = new Cycle(world, groups);
        cycle.run();
        return cycle.plan();
    }

    /** One run over one snapshot. */
    private static final class Cycle {
        private final World world;
        private final Groups groups;
        private final Map<JobId, Decision.Launch> launched = new HashMap<>();
        private final List<Decision> acts = new ArrayList<>();

        Cycle(World world, Groups groups) {
            this.world = world;
            this.groups = groups;
        }

        void run() {
            for (Group group : groups.all()) {
                group.blocked = !mayStart(group);
            }
            // With several roles a gang that found no place may find one after others were put: until nothing changes.
            int before;
            do {
                before = acts.size();
                contest();
                groups.all().stream()
                        .filter(group -> group.shape.roles() > 1)
                        .forEach(group -> group.blocked = !mayStart(group));
            } while (acts.size() > before && mayLaunchMore());
        }

        private boolean mayLaunchMore() {
            return acts.size() < world.snapshot.settings().maxLaunches();
        }

        private boolean mayStart(Group group) {
            return groups.isOpen(group)
                    && world.ledger.refusal(group.queue, group.shape.total()) == null
                    && world.packer.mayFit(group.shape);
        }

        private void contest() {
            Contest contest = new Contest(world.ledger, world.index.size(), groups.entries(launched));
            for (Contest.@Nullable Entry entry = contest.next();
                    entry != null && mayLaunchMore();
                    entry = contest.next()) {
                look(entry);
                contest.done(entry);
            }
        }

        private void look(Contest.Entry entry) {
            Group group = entry.group();
            if (group.blocked) {
                return;
            }
            if (world.ledger.refusal(group.queue, group.shape.total()) != null) {
                group.blocked = true;
                return;
            }
            Placement placement = world.packer.pack(group.shape);
            if (placement == null) {
                group.blocked = true;
                return;
            }
            world.ledger.add(group.queue, group.shape.total());
            Decision.Launch launch = Launches.launch(entry.job(), placement);
            launched.put(launch.job(), launch);
            acts.add(launch);
        }

        Plan plan() {
            Explainer explainer = new Explainer(world, groups, acts.size());
            List<Decision> decisions = new ArrayList<>(acts);
            List<PendingJob> pending = world.snapshot.pending();
            for (int i = 0; i < pending.size(); i++) {
                PendingJob job = pending.get(i);
                if (!launched.containsKey(job.id())) {
                    decisions.add(new Decision.Hold(job.id(), groups.of(i).reasons(explainer)));
                }
            }
            return new Plan(decisions);
        }
    }
}
