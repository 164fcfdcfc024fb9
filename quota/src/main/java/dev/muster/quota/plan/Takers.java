package dev.muster.quota.plan;

import dev.muster.quota.fit.Packer;
import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Jobs for which others are leaving already: they start as soon as they fit, and until then what leaves, and the rest of the
 * room that they need, is kept for them.
 */
final class Takers {
    private final World world;
    private final Groups groups;
    private final Acts acts;

    Takers(World world, Groups groups, Acts acts) {
        this.world = world;
        this.groups = groups;
        this.acts = acts;
    }

    void keepTheirRoom() {
        Map<JobId, List<Bundle>> leaving = new HashMap<>();
        for (LiveAttempt attempt : world.ground.leaving()) {
            Map<JobId, List<LiveAttempt.Held>> parts = new HashMap<>();
            for (LiveAttempt.Held held : attempt.pods()) {
                JobId taker = held.leavingFor();
                if (taker != null) {
                    parts.computeIfAbsent(taker, id -> new ArrayList<>()).add(held);
                }
            }
            boolean whole = attempt.pods().stream().allMatch(pods -> pods.leavingFor() != null);
            parts.forEach((taker, pods) -> leaving.computeIfAbsent(taker, id -> new ArrayList<>())
                    .add(new Bundle(world, attempt, whole, pods)));
        }
        List<Contest.Entry> takers = new ArrayList<>();
        Set<JobId> ids = new HashSet<>(leaving.keySet());
        ids.addAll(world.ground.crowd.claiming().keySet());
        for (JobId id : ids) {
            Contest.Entry taker = groups.find(id);
            if (taker != null && groups.isOpen(taker.group())) {
                takers.add(taker);
            }
        }
        takers.sort(Comparator.comparing(Contest.Entry::job, world.takers()));
        takers.forEach(taker -> keepRoom(taker, leaving.getOrDefault(taker.job().id(), List.of())));
    }

    private void keepRoom(Contest.Entry taker, List<Bundle> leaving) {
        Group group = taker.group();
        if (acts.mayLaunchMore() && world.ledger.refusal(group.queue, group.asked) == null) {
            PendingJob job = taker.job();
            if (hasItsClaim(job, group)) {
                acts.launch(job, group, job.claim());
                return;
            }
            Placement now = world.packer.packExactly(group.shape, world.quota(group.queue));
            if (now != null) {
                acts.launch(job, group, now);
                return;
            }
        }
        if (leaving.isEmpty()) {
            // All are gone and it does not fit: it takes its turn like everybody else.
            return;
        }
        leaving.forEach(Bundle::leave);
        List<LiveAttempt.Held> claim =
                world.ledger.refusal(group.queue, group.asked) == null ? claim(taker.job(), group) : List.of();
        leaving.forEach(Bundle::comeBack);
        if (!claim.isEmpty()) {
            world.book(group.queue, group.shape, claim);
            acts.leaving(leaving);
            acts.hold(taker.job().id(), EvictionReasons.roomIsMade(taker.job(), leaving));
            acts.decided(taker.job().id(), claim);
        }
    }

    /** Takes the room of its claim where that is still to be had, else other room; empty where there is none. */
    private List<LiveAttempt.Held> claim(PendingJob job, Group group) {
        if (hasItsClaim(job, group)) {
            return job.claim();
        }
        Placement placement = world.packer.packExactly(group.shape, world.quota(group.queue));
        return placement == null ? List.of() : Launches.promise(job, placement);
    }

    /** True where the room of its claim is to be had, and taken now. */
    private boolean hasItsClaim(PendingJob job, Group group) {
        return !job.claim().isEmpty()
                && isWhole(job)
                && world.mayHold(group.queue, job.claim())
                && world.packer.takeAt(spots(job));
    }

    private static boolean isWhole(PendingJob job) {
        return job.roles().stream()
                .allMatch(ask -> job.claim().stream()
                                .filter(pods -> pods.role().equals(ask.role())
                                        && pods.pod().equals(ask.pod()))
                                .mapToInt(LiveAttempt.Held::count)
                                .sum()
                        == ask.minimum());
    }

    private List<Packer.Spot> spots(PendingJob job) {
        List<Packer.Spot> spots = new ArrayList<>();
        for (LiveAttempt.Held pods : job.claim()) {
            NodeName node = pods.node();
            spots.add(new Packer.Spot(
                    node == null ? -1 : world.room.number(node), world.index.vector(pods.pod()), pods.count()));
        }
        return spots;
    }
}
