package dev.muster.quota.plan;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What can be ended in one piece: a whole gang, or pods of one role on one node above the gang's minimum. */
final class Bundle {
    final LiveAttempt attempt;
    final int queue;
    final boolean wholeGang;
    final List<LiveAttempt.Held> pods;
    final long[] amounts;
    /** Millicores × seconds since its start or its last checkpoint: what is lost when it ends. */
    final double lostWork;

    private final World world;
    private final List<long[]> vectors = new ArrayList<>();
    private final int[] nodes;
    private List<Bundle> elastic = List.of();

    Bundle(World world, LiveAttempt attempt, boolean wholeGang, List<LiveAttempt.Held> pods) {
        this.world = world;
        this.attempt = attempt;
        this.queue = world.ledger.number(attempt.queue());
        this.wholeGang = wholeGang;
        this.pods = pods;
        this.amounts = new long[world.columns.width()];
        this.nodes = new int[pods.size()];
        long millicores = 0;
        for (int i = 0; i < nodes.length; i++) {
            LiveAttempt.Held held = pods.get(i);
            // Pods of one role share their amounts.
            long[] pod =
                    i > 0 && held.pod() == pods.get(i - 1).pod() ? vectors.get(i - 1) : world.index.vector(held.pod());
            vectors.add(pod);
            NodeName node = held.node();
            nodes[i] = node == null ? -1 : world.room.number(node);
            for (int r = 0; r < pod.length; r++) {
                amounts[r] = Resources.add(amounts[r], Resources.multiply(pod[r], held.count()));
            }
            millicores = Resources.add(millicores, Resources.multiply(held.pod().amount(Resources.CPU), held.count()));
        }
        world.inPools(pods, (place, amount) -> amounts[place] = Resources.add(amounts[place], amount));
        Instant saved = attempt.checkpoint();
        Instant from = saved != null && saved.isAfter(attempt.since()) ? saved : attempt.since();
        lostWork = (double) millicores
                * Math.max(0, Duration.between(from, world.snapshot.now()).toSeconds());
    }

    /** Of a gang: the bundles of its pods above the minimum. */
    List<Bundle> elastic() {
        return elastic;
    }

    void elastic(List<Bundle> bundles) {
        elastic = List.copyOf(bundles);
    }

    /** The gang with these other parts of the same attempt: who ends a gang ends all of it. */
    Bundle with(List<Bundle> others) {
        if (others.isEmpty()) {
            return this;
        }
        List<LiveAttempt.Held> all = new ArrayList<>(pods);
        others.forEach(other -> all.addAll(other.pods));
        return new Bundle(world, attempt, wholeGang, all);
    }

    /** As if its pods were gone. */
    void leave() {
        leaveLedger();
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] >= 0) {
                world.room.giveBack(nodes[i], vectors.get(i), pods.get(i).count());
            }
        }
    }

    /** The reverse of {@link #leave}. */
    void comeBack() {
        stayInLedger();
        stayOnNodes();
    }

    /** As if its pods were gone, in the ledger only. */
    void leaveLedger() {
        world.ledger.remove(queue, amounts);
    }

    /** Its pods still count for its queue, until they are gone. */
    void stayInLedger() {
        world.ledger.add(queue, amounts);
    }

    /** Its pods are still there, whoever their room is meant for. */
    void stayOnNodes() {
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] >= 0) {
                world.room.take(nodes[i], vectors.get(i), pods.get(i).count());
            }
        }
    }

    int count() {
        return pods.stream().mapToInt(LiveAttempt.Held::count).sum();
    }
}
