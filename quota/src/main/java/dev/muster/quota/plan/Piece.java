package dev.muster.quota.plan;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be ended in one piece: a whole gang, or pods of one role on one node above the gang's minimum. Good for all cycles on one
 * ground; only what is lost grows with time. Used by one thread.
 */
final class Piece {
    /** Elastic pods first, then whole gangs, services last, the least lost work first. */
    static final Comparator<Piece> ORDER = (a, b) -> {
        if (a.wholeGang != b.wholeGang) {
            return a.wholeGang ? 1 : -1;
        }
        // What has no end holds what its queue is guaranteed first: others go before it.
        boolean firstStays = a.attempt.traits().endless();
        if (firstStays != b.attempt.traits().endless()) {
            return firstStays ? 1 : -1;
        }
        int byLoss = Double.compare(a.lostWork, b.lostWork);
        int byId = byLoss != 0 ? byLoss : a.attempt.id().compareTo(b.attempt.id());
        return byId != 0 ? byId : Integer.compare(a.number, b.number);
    };

    final LiveAttempt attempt;
    /** The ledger's number. */
    final int queue;

    final boolean wholeGang;
    final List<LiveAttempt.Held> pods;
    /** Of a gang: the pieces of its pods above the minimum. */
    final List<Piece> elastic;

    /** Among those of its attempt. */
    private final int number;

    private final double millicores;
    private final Instant saved;
    private double lostWork;
    /** Of most pieces nobody asks what they hold: worked out when somebody does. */
    private @Nullable Holding holding;

    /** What each of the pods holds and on which node, -1 for none, and all together, wide. */
    record Holding(List<long[]> vectors, int[] nodes, long[] amounts) {}

    private Piece(
            LiveAttempt attempt,
            int queue,
            boolean wholeGang,
            List<LiveAttempt.Held> pods,
            List<Piece> elastic,
            int number) {
        this.number = number;
        this.attempt = attempt;
        this.queue = queue;
        this.wholeGang = wholeGang;
        this.pods = pods;
        this.elastic = elastic;
        millicores = millicores(pods);
        Instant checkpoint = attempt.checkpoint();
        saved = checkpoint != null && checkpoint.isAfter(attempt.since()) ? checkpoint : attempt.since();
    }

    /** All of these pods, or what is left of a gang without its {@code elastic} ones. */
    static Piece gang(LiveAttempt attempt, int queue, List<LiveAttempt.Held> pods, List<Piece> elastic) {
        return new Piece(attempt, queue, true, pods, elastic, elastic.size());
    }

    /** Pods above the minimum, {@code number} among those of the attempt. */
    static Piece elastic(LiveAttempt attempt, int queue, List<LiveAttempt.Held> pods, int number) {
        return new Piece(attempt, queue, false, pods, List.of(), number);
    }

    private static double millicores(List<LiveAttempt.Held> pods) {
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
        return millicores;
    }

    /** Ended at this time; {@link #ORDER} is that of one time for all. */
    void endsAt(Instant now) {
        lostWork = millicores * Math.max(0, Duration.between(saved, now).toSeconds());
    }

    /** Millicores × seconds since its start or its last checkpoint: what is lost when it ends. */
    double lostWork() {
        return lostWork;
    }

    /** What it holds on the ground of this world, on which all that ask stand. */
    Holding holding(World world) {
        Holding known = holding;
        if (known == null) {
            known = look(world);
            holding = known;
        }
        return known;
    }

    private Holding look(World world) {
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

    /** True where it makes no difference to anybody which of both goes. */
    boolean isLike(Piece other) {
        return this == other
                || (wholeGang == other.wholeGang
                        && queue == other.queue
                        && attempt.priority() == other.attempt.priority()
                        && attempt.id().equals(other.attempt.id())
                        && pods.equals(other.pods));
    }
}
