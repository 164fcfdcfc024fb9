package dev.muster.quota.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What can be ended in one piece, in the world of one cycle: it leaves and comes back. */
final class Bundle {
    final LiveAttempt attempt;
    final int queue;
    final boolean wholeGang;
    final List<LiveAttempt.Held> pods;
    /** Millicores × seconds since its start or its last checkpoint: what is lost when it ends. */
    final double lostWork;

    private final World world;
    private final Piece piece;
    private final List<Bundle> elastic;

    Bundle(World world, LiveAttempt attempt, boolean wholeGang, List<LiveAttempt.Held> pods) {
        this(world, piece(attempt, world.ledger.number(attempt.queue()), wholeGang, pods), List.of());
    }

    private static Piece piece(LiveAttempt attempt, int queue, boolean wholeGang, List<LiveAttempt.Held> pods) {
        return wholeGang ? Piece.gang(attempt, queue, pods, List.of()) : Piece.elastic(attempt, queue, pods, 0);
    }

    /** {@code elastic}, of a gang, are those of its pods above the minimum. */
    Bundle(World world, Piece piece, List<Bundle> elastic) {
        this.world = world;
        this.piece = piece;
        this.elastic = elastic;
        attempt = piece.attempt;
        queue = piece.queue;
        wholeGang = piece.wholeGang;
        pods = piece.pods;
        piece.endsAt(world.snapshot.now());
        lostWork = piece.lostWork();
    }

    /** It is pods above the minimum of a gang that leaves whole: they have no choice. */
    boolean goesWithItsGang(Stream<Bundle> leaving) {
        return !wholeGang && leaving.anyMatch(each -> each.wholeGang && each.attempt == attempt);
    }

    private Piece.Holding holding() {
        return piece.holding(world);
    }

    /** What its pods hold together, wide. */
    long[] amounts() {
        return holding().amounts();
    }

    /** Of a gang: the bundles of its pods above the minimum. */
    List<Bundle> elastic() {
        return elastic;
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
        Piece.Holding held = holding();
        for (int i = 0; i < held.nodes().length; i++) {
            if (held.nodes()[i] >= 0) {
                world.room.giveBack(
                        held.nodes()[i], held.vectors().get(i), pods.get(i).count());
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
        Piece.Holding held = holding();
        for (int i = 0; i < held.nodes().length; i++) {
            if (held.nodes()[i] >= 0) {
                world.room.take(
                        held.nodes()[i], held.vectors().get(i), pods.get(i).count());
            }
        }
    }

    int count() {
        return pods.stream().mapToInt(LiveAttempt.Held::count).sum();
    }
}
