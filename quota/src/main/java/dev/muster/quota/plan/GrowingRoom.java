package dev.muster.quota.plan;

import dev.muster.quota.fit.Placement;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The world with the nodes that may still come beside those that are there. They take nobody until they are opened for a trial:
 * so a gang is packed on the fewest of them.
 */
final class GrowingRoom {
    /** So many pods more than a node takes: whoever holds them leaves no place. */
    private static final int CLOSED = 1_000_000_000;

    final World world;
    private final List<List<Integer>> coming = new ArrayList<>();
    /** What others have asked for. */
    private final List<List<Integer>> theirs = new ArrayList<>();

    private final Map<NodeName, Integer> expansionOf = new HashMap<>();
    private final long[] nothing;

    /** {@code pending}: whom it is about; {@code alsoLiving}: who will live when the plan is carried out. */
    GrowingRoom(Snapshot before, List<Expansion> expansions, List<PendingJob> pending, List<LiveAttempt> alsoLiving) {
        List<Node> nodes = new ArrayList<>(before.nodes());
        Set<NodeName> taken = new HashSet<>();
        nodes.forEach(node -> taken.add(node.name()));
        for (int e = 0; e < expansions.size(); e++) {
            int all = expansions.get(e).nodes() + expansions.get(e).asked();
            for (int n = 0; n < all; n++) {
                NodeName name = free("coming-%d-%d".formatted(e, n), taken);
                expansionOf.put(name, e);
                nodes.add(expansions.get(e).spec().node(name));
            }
            coming.add(new ArrayList<>());
            theirs.add(new ArrayList<>());
        }
        List<LiveAttempt> live = new ArrayList<>(before.live());
        live.addAll(alsoLiving);
        Snapshot grown = new Snapshot(
                before.now(),
                before.queues(),
                nodes,
                pending,
                live,
                before.settings(),
                before.decayedUse(),
                before.evictedLately());
        world = World.of(grown, young -> expansionOf
                .keySet()
                .forEach(name -> young.room.take(young.room.number(name), new long[young.index.size()], CLOSED)));
        nothing = new long[world.index.size()];
        expansionOf.forEach((name, e) -> coming.get(e).add(world.room.number(name)));
        for (int e = 0; e < expansions.size(); e++) {
            List<Integer> all = coming.get(e);
            all.sort(null);
            List<Integer> asked = all.subList(expansions.get(e).nodes(), all.size());
            theirs.get(e).addAll(asked);
            asked.clear();
        }
    }

    private static NodeName free(String wanted, Set<NodeName> taken) {
        String name = wanted;
        while (taken.contains(new NodeName(name))) {
            name += "x";
        }
        return new NodeName(name);
    }

    /** The nodes that these expansions may still come up with, in their order. */
    List<Integer> nodesOf(List<Integer> expansions) {
        List<Integer> nodes = new ArrayList<>();
        expansions.forEach(expansion -> nodes.addAll(coming.get(expansion)));
        return nodes;
    }

    /** The same, and behind them those that others have asked for. */
    List<Integer> allOf(List<Integer> expansions) {
        List<Integer> nodes = nodesOf(expansions);
        expansions.forEach(expansion -> nodes.addAll(theirs.get(expansion)));
        return nodes;
    }

    /** True where the gang fits without any node that is not there. */
    boolean fitsAlready(Group group) {
        return world.packer.fitsExactly(group.shape, world.quota(group.queue));
    }

    /**
     * Packs the gang with as few of these nodes as will do, the first ones first; null where not even all do. Nothing stays
     * taken.
     */
    @Nullable
    Placed place(PendingJob job, Group group, List<Integer> nodes) {
        int enough = nodes.size();
        if (enough == 0 || !fitsWith(group, nodes, enough)) {
            return null;
        }
        int tooFew = 0;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) >>> 1;
            if (fitsWith(group, nodes, middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        open(nodes, enough);
        Placement placement = world.packer.packExactly(group.shape, world.quota(group.queue));
        List<LiveAttempt.Held> promise = placement == null ? List.of() : Launches.promise(job, placement);
        if (placement != null) {
            world.packer.undo(group.shape, placement);
        }
        close(nodes, enough);
        return placement == null ? null : placed(promise);
    }

    private boolean fitsWith(Group group, List<Integer> nodes, int count) {
        open(nodes, count);
        boolean fits = world.packer.fitsExactly(group.shape, world.quota(group.queue));
        close(nodes, count);
        return fits;
    }

    private void open(List<Integer> nodes, int count) {
        nodes.subList(0, count).forEach(node -> world.room.giveBack(node, nothing, CLOSED));
    }

    private void close(List<Integer> nodes, int count) {
        nodes.subList(0, count).forEach(node -> world.room.take(node, nothing, CLOSED));
    }

    /** Pods on nodes that are there stay on them; the others are promised to their pool. */
    private Placed placed(List<LiveAttempt.Held> exact) {
        Map<Integer, Set<NodeName>> used = new TreeMap<>();
        Map<RoleName, Map<PoolName, LiveAttempt.Held>> later = new TreeMap<>();
        List<LiveAttempt.Held> promise = new ArrayList<>();
        for (LiveAttempt.Held pods : exact) {
            Integer expansion = expansionOf.get(pods.node());
            if (expansion == null) {
                promise.add(pods);
            } else {
                used.computeIfAbsent(expansion, e -> new HashSet<>()).add(pods.node());
                later.computeIfAbsent(pods.role(), role -> new TreeMap<>())
                        .merge(
                                pods.pool(),
                                new LiveAttempt.Held(pods.role(), pods.pool(), null, pods.pod(), pods.count()),
                                (a, b) -> a.withCount(a.count() + b.count()));
            }
        }
        later.values().forEach(pools -> promise.addAll(pools.values()));
        Map<Integer, Integer> counts = new TreeMap<>();
        used.forEach((expansion, nodes) -> counts.put(expansion, nodes.size()));
        return new Placed(exact, promise, counts);
    }

    /** The gang has been launched there: nobody else gets what is left on the nodes that come for it. */
    void take(Group group, Placed placed) {
        for (LiveAttempt.Held pods : placed.exact) {
            int node = pods.node() == null ? -1 : world.room.number(pods.node());
            Integer expansion = expansionOf.get(pods.node());
            if (expansion != null) {
                if (coming.get(expansion).remove(Integer.valueOf(node))) {
                    theirs.get(expansion).add(node);
                }
            } else if (node >= 0) {
                world.room.take(node, world.index.vector(pods.pod()), pods.count());
            }
        }
        world.packer.forget();
        world.book(group.queue, group.shape, placed.promise);
    }

    /** Where a gang finds room; {@code nodes}: how many have to come, by number of the expansion. */
    record Placed(List<LiveAttempt.Held> exact, List<LiveAttempt.Held> promise, Map<Integer, Integer> nodes) {}
}
