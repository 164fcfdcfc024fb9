package dev.muster.quota.consolidation;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.plan.Decision;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Reason;
import dev.muster.quota.plan.ReasonCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node that is empty once these moves are made. {@code gain} is what the node costs in an hour, null where nobody says;
 * {@code cost} is the work that is to be done again, in core-seconds.
 */
public record Proposal(
        NodeName node,
        PoolName pool,
        List<Move> moves,
        double cost,
        @Nullable BigDecimal gain) {
    public Proposal {
        moves = List.copyOf(moves);
    }

    /**
     * Pods of one attempt leave the node: those above its minimum, or with {@code wholeGang} all that it has, which then waits for its
     * turn again. There is room for them on {@code to}: so many pods on each node.
     */
    public record Move(
            AttemptId attempt, boolean wholeGang, List<LiveAttempt.Held> pods, SortedMap<NodeName, Integer> to) {
        public Move {
            pods = List.copyOf(pods);
            to = new TreeMap<>(to);
        }

        public int count() {
            return pods.stream().mapToInt(LiveAttempt.Held::count).sum();
        }
    }

    /** What is to be done of it: for nobody's sake, so nobody gets the room in particular. */
    public List<Decision> decisions() {
        return moves.stream().map(this::decision).toList();
    }

    private Decision decision(Move move) {
        String pods = move.count() == 1 ? "1 pod" : move.count() + " pods";
        String where = String.join(
                        ", ",
                        move.to().keySet().stream()
                                .limit(4)
                                .map(NodeName::value)
                                .toList())
                + (move.to().size() > 4 ? " and others" : "");
        Reason reason = new Reason(
                ReasonCode.CONSOLIDATED,
                "%s on node %s %s: it would be empty then%s; there is room on %s"
                        .formatted(
                                pods,
                                node,
                                move.wholeGang() ? "are the whole gang" : "are above the minimum",
                                gain == null ? "" : ", and costs " + gain.toPlainString() + " an hour",
                                where),
                "The policy says whether and how often: consolidation.automatic, consolidation.perHour, consolidation.gangs.",
                Map.of("node", node.value(), "pool", pool.value(), "pods", Integer.toString(move.count())));
        return move.wholeGang()
                ? new Decision.Evict(move.attempt().job(), move.attempt(), null, reason)
                : new Decision.Shrink(move.attempt().job(), move.pods(), null, reason);
    }
}
