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
import org.jspecify.annotations.Nullable;

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

    /** One of them. */
    private static final class Taker {
        private final PendingJob job;
        private final Group group;
        private final List<Bundle> leaving;
        /** Where its room is kept; empty where it is not. */
        private List<LiveAttempt.Held> kept = List.of();

        Taker(Entry entry, List<Bundle> leaving) {
            this.job = entry.job();
            this.group = entry.group();
            this.leaving = leaving;
        }
    }

    void keepTheirRoom() {
        Map<JobId, List<Bundle>> leavingFor = new HashMap<>();
        for (LiveAttempt attempt : world.ground.leaving()) {
            leave(attempt, leavingFor);
        }
        List<Taker> takers = takers(leavingFor);
        // What was made for one is nobody else's: all claims are kept before anybody starts or looks for other room.
        asIfAllWereGone(() -> keepClaims(takers, leavingFor));
        takers.removeIf(this::starts);
        // Where all are gone and it does not fit, it takes its turn like everybody else.
        takers.removeIf(taker -> taker.leaving.isEmpty());
        asIfAllWereGone(() -> takers.forEach(this::keepOtherRoom));
        for (Taker taker : takers) {
            if (!taker.kept.isEmpty()) {
                acts.hold(taker.job.id(), EvictionReasons.roomIsMade(taker.job, taker.leaving));
                acts.decided(taker.job.id(), taker.kept);
            }
        }
    }

    private void leave(LiveAttempt attempt, Map<JobId, List<Bundle>> leavingFor) {
        Map<JobId, List<LiveAttempt.Held>> parts = new HashMap<>();
        List<LiveAttempt.Held> forNobody = new ArrayList<>();
        for (LiveAttempt.Held held : attempt.pods()) {
            JobId taker = held.leavingFor();
            if (taker != null) {
                parts.computeIfAbsent(taker, id -> new ArrayList<>()).add(held);
            } else if (held.leaving()) {
                forNobody.add(held);
            }
        }
        boolean whole = attempt.pods().stream().allMatch(pods -> pods.leavingFor() != null);
        parts.forEach((taker, pods) -> {
            Bundle bundle = new Bundle(world, attempt, whole, pods);
            leavingFor.computeIfAbsent(taker, id -> new ArrayList<>()).add(bundle);
            acts.leaving(List.of(bundle));
        });
        if (!forNobody.isEmpty()) {
            acts.leaving(List.of(new Bundle(world, attempt, false, forNobody)));
        }
    }

    private List<Taker> takers(Map<JobId, List<Bundle>> leavingFor) {
        List<Taker> takers = new ArrayList<>();
        Set<JobId> ids = new HashSet<>(leavingFor.keySet());
        ids.addAll(world.crowd.claiming().keySet());
        for (JobId id : ids) {
            Entry entry = groups.find(id);
            if (entry != null && groups.isOpen(entry.group())) {
                takers.add(new Taker(entry, leavingFor.getOrDefault(id, List.of())));
            }
        }
        takers.sort(Comparator.comparing(taker -> taker.job, world.takers()));
        return takers;
    }

    /** As the plan judged that made their room: whoever leaves, for whomever, counts no more. */
    private void asIfAllWereGone(Runnable judge) {
        acts.leaving().forEach(Bundle::leaveLedger);
        judge.run();
        acts.leaving().forEach(Bundle::stayInLedger);
    }

    private boolean starts(Taker taker) {
        giveUp(taker);
        boolean mayStart = acts.mayLaunchMore() && mayHoldMore(taker);
        if (mayStart && hasItsClaim(taker)) {
            acts.launch(taker.job, taker.group, taker.job.claim());
            return true;
        }
        Placement now = mayStart ? pack(taker) : null;
        if (now != null) {
            acts.launch(taker.job, taker.group, now);
            return true;
        }
        if (!taker.leaving.isEmpty()) {
            keep(taker);
        }
        return false;
    }

    private boolean mayHoldMore(Taker taker) {
        return world.ledger.takes(taker.group.queue, taker.group.asked);
    }

    private @Nullable Placement pack(Taker taker) {
        return world.packer.packExactly(taker.group.shape, world.quota(taker.group.queue));
    }

    /** One may lie where pods leave for another: whoever leaves for a taker is not on nodes either. */
    private void keepClaims(List<Taker> takers, Map<JobId, List<Bundle>> leavingFor) {
        leavingFor.values().forEach(bundles -> bundles.forEach(Bundle::leaveNodes));
        for (Taker taker : takers) {
            if (mayHoldMore(taker) && hasItsClaim(taker)) {
                taker.kept = taker.job.claim();
                bookKept(taker);
            }
        }
        leavingFor.values().forEach(bundles -> bundles.forEach(Bundle::stayOnNodes));
    }

    private void keepOtherRoom(Taker taker) {
        if (taker.kept.isEmpty() && mayHoldMore(taker)) {
            taker.leaving.forEach(Bundle::leaveNodes);
            Placement placement = pack(taker);
            taker.kept = placement == null ? List.of() : Launches.promise(taker.job, placement);
            taker.leaving.forEach(Bundle::stayOnNodes);
            bookKept(taker);
        }
    }

    private void bookKept(Taker taker) {
        if (!taker.kept.isEmpty()) {
            world.book(taker.group.queue, taker.group.shape, taker.kept);
        }
    }

    /** For a moment: {@link #keep} takes it back. */
    private void giveUp(Taker taker) {
        if (!taker.kept.isEmpty()) {
            spots(taker.kept).forEach(spot -> world.room.giveBack(spot.node(), spot.pod(), spot.pods()));
            world.unbook(taker.group.queue, taker.group.shape, taker.kept);
        }
    }

    private void keep(Taker taker) {
        // What leaves is still there: more may be taken than is free.
        spots(taker.kept).forEach(spot -> world.room.take(spot.node(), spot.pod(), spot.pods()));
        bookKept(taker);
    }

    /** True where the room of its claim is to be had, and taken now. */
    private boolean hasItsClaim(Taker taker) {
        PendingJob job = taker.job;
        return !job.claim().isEmpty()
                && isWhole(job)
                && world.mayHold(taker.group.queue, job.claim())
                && world.packer.takeAt(spots(job.claim()));
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

    private List<Packer.Spot> spots(List<LiveAttempt.Held> claim) {
        List<Packer.Spot> spots = new ArrayList<>();
        for (LiveAttempt.Held pods : claim) {
            NodeName node = pods.node();
            spots.add(new Packer.Spot(
                    node == null ? -1 : world.room.number(node), world.index.vector(pods.pod()), pods.count()));
        }
        return spots;
    }
}
