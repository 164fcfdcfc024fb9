package dev.muster.quota.plan;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be ended in one piece: a whole gang, or pods of one role on one node above the gang's minimum. */
final class Bundle {
    final LiveAttempt attempt;
    final int queue;
    final boolean wholeGang;
    final List<LiveAttempt.Held> pods;
    /** Millicores × seconds since its start or its last checkpoint: what is lost when it ends. */
    final double lostWork;

    private final World world;
    private List<Bundle> elastic = List.of();
    /** Of most bundles of a cycle nobody asks what they hold: worked out when somebody does. */
    private @Nullable Holding holding;

    /** What each of the pods holds and on which node, -1 for none, and all together, wide. */
    private record Holding(List<long[]> vectors, int[] nodes, long[] amounts) {}

    Bundle(World world, LiveAttempt attempt, boolean wholeGang, List<LiveAttempt.Held> pods) {
        this.world = world;
        this.attempt = attempt;
        this.queue = world.ledger.number(attempt.queue());
        this.wholeGang = wholeGang;
        this.pods = pods;
        long millicores = 0;
        @Nullable Resources last = null;
        long cpu = 0;
        for (int i = 0; i < pods.size(); i++) {
            LiveAttempt.Held held = pods.get(i);
            if (held.pod() != last) {
                // Pods of one role share their amounts.
                last = held.pod();
                cpu = last.amount(Resources.CPU);
            }
            millicores = Resources.add(millicores, Resources.multiply(cpu, held.count()));
        }
        Instant saved = attempt.checkpoint();
        Instant from = saved != null && saved.isAfter(attempt.since()) ? saved : attempt.since();
        lostWork = (double) millicores
                * Math.max(0, Duration.between(from, world.snapshot.now()).toSeconds());
    }

    /** It is pods above the minimum of a gang that leaves whole: they have no choice. */
    boolean goesWithItsGang(Stream<Bundle> leaving) {
        return !wholeGang && leaving.anyMatch(each -> each.wholeGang && each.attempt == attempt);
    }

    private Holding holding() {
        Holding known = holding;
        if (known == null) {
            known = look();
            holding = known;
        }
        return known;
    }

    private Holding look() {
        List<long[]> vectors = new ArrayList<>(pods.size());
        int[] nodes = new int[pods.size()];
        long[] amounts = new long[world.columns.width()];
        for (int i = 0; i < nodes.length; i++) {
            LiveAttempt.Held held = pods.get(i);
            long[] pod =
                    i > 0 && held.pod() == pods.get(i - 1).pod() ? vectors.get(i - 1) : world.index.vector(held.pod());
            vectors.add(pod);
            NodeName node = held.node();
            nodes[i] = node == null ? -1 : world.room.number(node);
            for (int r = 0; r < pod.length; r++) {
                amounts[r] = Resources.add(amounts[r], Resources.multiply(pod[r], held.count()));
            }
        }
        world.inPools(pods, (place, amount) -> amounts[place] = Resources.add(amounts[place], amount));
        return new Holding(vectors, nodes, amounts);
    }

    /** What its pods hold together, wide. */
    long[] amounts() {
        return holding().amounts;
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
        leaveNodes();
    }

    /** As if its pods were gone, on nodes only. */
    void leaveNodes() {
        Holding held = holding();
        for (int i = 0; i < held.nodes.length; i++) {
            if (held.nodes[i] >= 0) {
                world.room.giveBack(
                        held.nodes[i], held.vectors.get(i), pods.get(i).count());
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
        world.ledger.remove(queue, amounts());
    }

    /** Its pods still count for its queue, until they are gone. */
    void stayInLedger() {
        world.ledger.add(queue, amounts());
    }

    /** Its pods are still there, whoever their room is meant for. */
    void stayOnNodes() {
        Holding held = holding();
        for (int i = 0; i < held.nodes.length; i++) {
            if (held.nodes[i] >= 0) {
                world.room.take(held.nodes[i], held.vectors.get(i), pods.get(i).count());
            }
        }
    }

    int count() {
        return pods.stream().mapToInt(LiveAttempt.Held::count).sum();
    }
}
