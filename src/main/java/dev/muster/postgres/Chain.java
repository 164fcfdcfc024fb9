package dev.muster.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Moves of one thing that follow one another: one change of its row, however many events. */
record Chain<M>(List<M> moves) {
    Chain {
        moves = List.copyOf(moves);
    }

    /** Neighbours of which the second {@code follows} the first are of one chain. */
    static <M> List<Chain<M>> of(List<M> sorted, BiPredicate<M, M> follows) {
        List<Chain<M>> chains = new ArrayList<>();
        List<M> open = new ArrayList<>();
        for (M move : sorted) {
            if (!open.isEmpty() && !follows.test(open.get(open.size() - 1), move)) {
                chains.add(new Chain<>(open));
                open.clear();
            }
            open.add(move);
        }
        if (!open.isEmpty()) {
            chains.add(new Chain<>(open));
        }
        return chains;
    }

    M first() {
        return moves.get(0);
    }

    M last() {
        return moves.get(moves.size() - 1);
    }
}
