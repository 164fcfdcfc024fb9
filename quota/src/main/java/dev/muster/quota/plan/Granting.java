package dev.muster.quota.plan;

import dev.muster.quota.breaker.BreakerState;
import dev.muster.quota.fit.Promises;
import dev.muster.quota.fit.Supply;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives gangs for which there is no room, in their turns, the right to make pools grow: the whole gang fits with the nodes that
 * it may ask for, or it asks for none. Of one offering as many ask at once as have permits; the others hold nothing meanwhile.
 */
final class Granting {
    /** So many jobs of a queue are looked at; those behind them wait for their turn. */
    private static final int LOOK = 100;

    private final World world;
    private final Groups groups;
    private final Acts acts;
    private final List<Expansion> expansions;
    private final GrowingRoom growing;
    private final Groups growingGroups;
    private final Map<JobId, Reason> refused = new LinkedHashMap<>();
    /** What was found of equal jobs: nothing changes between them but what is granted. */
    private final Map<Group, Outcome> known = new IdentityHashMap<>();

    private final Supply there;
    private final List<JobId> waiting = new ArrayList<>();
    private boolean isKept;

    private record Outcome(@Nullable Reason reason) {}

    private Granting(World world, Groups groups, Acts acts) {
        this.world = world;
        this.groups = groups;
        this.acts = acts;
        expansions = left(world.snapshot.expansions(), acts.permits());
        growing = new GrowingRoom(world.snapshot, expansions, candidates(), acts.living());
        growingGroups = new Groups(growing.world);
        there = new Supply(world.room);
    }

    /** True where some gang got a permit: others may have their turn anew. */
    static boolean grant(World world, Groups groups, Acts acts) {
        if (world.snapshot.expansions().isEmpty() || !acts.mayLaunchMore()) {
            return false;
        }
        Granting granting = new Granting(world, groups, acts);
        boolean granted = granting.grantAll();
        acts.looked(granting);
        return granted;
    }

    private static List<Expansion> left(List<Expansion> expansions, List<Permit> permits) {
        List<Expansion> left = new ArrayList<>(Expansion.joined(expansions));
        left.sort(Comparator.comparing(expansion -> expansion.spec().offering()));
        for (Permit permit : permits) {
            left.replaceAll(each -> each.after(permit));
        }
        return left;
    }

    /** The first of each queue, and one of each group. */
    private List<PendingJob> candidates() {
        Map<Integer, PriorityQueue<PendingJob>> first = new HashMap<>();
        Map<JobId, PendingJob> all = new TreeMap<>();
        for (Group group : groups.all()) {
            all.put(group.sample.id(), group.sample);
            if (groups.isOpen(group)) {
                PriorityQueue<PendingJob> queue =
                        first.computeIfAbsent(group.queue, q -> new PriorityQueue<>(world.insideAQueue.reversed()));
                for (PendingJob job : groups.members(group)) {
                    if (!acts.isDecided(job.id())
                            && (queue.size() < LOOK || world.insideAQueue.compare(job, queue.peek()) < 0)) {
                        queue.add(job);
                        if (queue.size() > LOOK) {
                            queue.poll();
                        }
                    }
                }
            }
        }
        first.values().forEach(queue -> queue.forEach(job -> all.put(job.id(), job)));
        return List.copyOf(all.values());
    }

    private boolean grantAll() {
        boolean granted = false;
        for (Group group : growingGroups.all()) {
            group.standing = growingGroups.isOpen(group) ? Group.Standing.MAY_START : Group.Standing.REFUSED;
        }
        Contest contest = new Contest(growing.world, growingGroups.mayStart(acts));
        for (Entry entry = contest.next(); entry != null; entry = contest.next()) {
            granted |= look(entry);
            contest.done(entry);
        }
        return granted;
    }

    /** True where it is launched now. */
    private boolean look(Entry entry) {
        Entry real = groups.find(entry.job().id());
        Group group = entry.group();
        if (real == null
                || !acts.mayLaunchMore()
                || acts.isLimited(entry.job(), real.group())
                || growing.world.ledger.refusal(group.queue, group.asked) != null) {
            return false;
        }
        Outcome outcome = known.get(group);
        if (outcome == null) {
            GrowingRoom.Placed placed = isKept || growing.fitsAlready(group) ? null : find(entry, real);
            if (placed != null) {
                launch(entry, real, placed);
                return true;
            }
            outcome = new Outcome(isKept ? null : whyNot(entry));
            known.put(group, outcome);
        }
        if (outcome.reason != null) {
            refused.put(entry.job().id(), outcome.reason);
        }
        return false;
    }

    /** One offering alone where that will do, the cheapest; else a pool's offerings together; else all. */
    private GrowingRoom.@Nullable Placed find(Entry entry, Entry real) {
        boolean couldWait = there.couldHold(real.group().shape);
        List<Integer> open = new ArrayList<>();
        int most = world.snapshot.settings().permits().perOffering();
        for (int e = 0; e < expansions.size(); e++) {
            if (expansions.get(e).permits(most) > 0) {
                open.add(e);
            }
        }
        open.sort(Comparator.comparingInt((Integer e) -> -preference(entry.job(), e))
                .thenComparingDouble(e -> expansions.get(e).cost()));
        GrowingRoom.Placed best = null;
        for (int e : open) {
            GrowingRoom.Placed alone = growing.place(entry.job(), entry.group(), askable(List.of(e), couldWait));
            if (alone != null && (best == null || isBetter(entry.job(), alone, best))) {
                best = alone;
            }
        }
        if (best != null) {
            return best;
        }
        Map<PoolName, List<Integer>> pools = new LinkedHashMap<>();
        open.forEach(
                e -> pools.computeIfAbsent(expansions.get(e).spec().offering().pool(), pool -> new ArrayList<>())
                        .add(e));
        for (List<Integer> ofPool : pools.values()) {
            best = ofPool.size() > 1 ? growing.place(entry.job(), entry.group(), askable(ofPool, couldWait)) : null;
            if (best != null) {
                return best;
            }
        }
        return open.size() > 1 ? growing.place(entry.job(), entry.group(), askable(open, couldWait)) : null;
    }

    /** What of these expansions the breakers let anybody ask for. */
    private List<Integer> askable(List<Integer> some, boolean couldWait) {
        List<Integer> nodes = new ArrayList<>();
        for (int e : some) {
            List<Integer> all = growing.nodesOf(List.of(e));
            nodes.addAll(all.subList(0, Math.min(all.size(), expansions.get(e).askable(couldWait))));
        }
        return nodes;
    }

    private int preference(PendingJob job, int expansion) {
        return job.roles().stream()
                .mapToInt(ask -> ask.affinity()
                        .preference(expansions.get(expansion).spec().labels()))
                .sum();
    }

    private boolean isBetter(PendingJob job, GrowingRoom.Placed one, GrowingRoom.Placed other) {
        int liked = one.nodes().keySet().stream()
                .mapToInt(e -> preference(job, e))
                .max()
                .orElse(0);
        int otherLiked = other.nodes().keySet().stream()
                .mapToInt(e -> preference(job, e))
                .max()
                .orElse(0);
        return liked != otherLiked ? liked > otherLiked : cost(one) < cost(other);
    }

    private double cost(GrowingRoom.Placed placed) {
        return placed.nodes().entrySet().stream()
                .mapToDouble(
                        used -> used.getValue() * expansions.get(used.getKey()).cost())
                .sum();
    }

    private void launch(Entry entry, Entry real, GrowingRoom.Placed placed) {
        List<Permit> permits = new ArrayList<>();
        placed.nodes().forEach((number, nodes) -> {
            Expansion expansion = expansions.get(number);
            Permit permit = new Permit(expansion.spec().offering(), nodes, expansion.deadline());
            permits.add(permit);
            expansions.replaceAll(each -> each.after(permit));
        });
        growing.take(entry.group(), placed);
        Promises promises = new Promises(world.room, world.places, world.packer);
        for (LiveAttempt.Held pods : placed.promise()) {
            long[] pod = world.index.vector(pods.pod());
            if (pods.node() == null) {
                // Room of the pool that comes free meanwhile is for it as well.
                promises.keep(pods.role(), pods.pool(), pod, pods.count());
            } else {
                world.room.take(world.room.number(pods.node()), pod, pods.count());
            }
        }
        acts.launch(real.job(), real.group(), placed.promise(), permits);
        waiting.forEach(acts::passed);
        known.clear();
    }

    /** Which permits it lacks; null where it is not permits that it lacks. */
    private @Nullable Reason whyNot(Entry entry) {
        if (growing.fitsAlready(entry.group())) {
            return null;
        }
        List<Integer> all = new ArrayList<>();
        for (int e = 0; e < expansions.size(); e++) {
            all.add(e);
        }
        // What asks nothing of the breakers goes first: they are blamed only where it would not do without.
        all.sort(Comparator.comparing((Integer e) -> expansions.get(e).breaker() == BreakerState.OPEN)
                .thenComparingDouble(e -> expansions.get(e).cost()));
        GrowingRoom.Placed placed = growing.place(entry.job(), entry.group(), growing.allOf(all));
        if (placed != null) {
            return PermitReasons.refused(
                    placed.nodes().keySet().stream().map(expansions::get).toList());
        }
        if (new Supply(growing.world.room).couldHold(entry.group().shape)) {
            waiting.add(entry.job().id());
            isKept = entry.job().traits().passed()
                    >= world.snapshot.settings().backfill().maxPassed();
        }
        return null;
    }

    /** Why jobs have no permit that would start with one. */
    Map<JobId, Reason> refused() {
        return refused;
    }

    /** Why a gang could never run, not even on all nodes that may come; {@code now} judges by those that are there. */
    List<Reason> never(Group group, NeverReasons now) {
        Entry there = growingGroups.find(group.sample.id());
        return there == null
                ? now.of(group.queue, group.sample.roles(), group.unhindered)
                : new NeverReasons(growing.world)
                        .of(there.group().queue, group.sample.roles(), there.group().unhindered);
    }
}
