package dev.muster.simulation.fill;

import dev.muster.simulation.event.Chance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How nodes are chosen, by its name; {@code weights} where Volcano's own plugins do it. Volcano takes any of the best nodes, by lot. */
public record Scoring(String name, Kind kind, @Nullable Weights weights, boolean tiesByLot) {
    /** What of several ways. */
    public enum Kind {
        WEIGHTS,
        RANDOM,
        BEST_FIT,
        LEAST_FRAGMENTATION
    }

    public static Scoring of(String name, Weights weights) {
        return new Scoring(name, Kind.WEIGHTS, weights, true);
    }

    Scorer scorer(List<FillNode> nodes, Mix mix, Chance chance) {
        return switch (kind) {
            case WEIGHTS -> weights == null ? Weights.SHIPPED : weights;
            case RANDOM -> (machine, pod) -> 0;
            case BEST_FIT ->
                new BestFit(
                        nodes.stream().mapToLong(FillNode::milliCpu).max().orElse(1),
                        nodes.stream().mapToLong(FillNode::gpus).max().orElse(1) * (double) FillPod.WHOLE);
            case LEAST_FRAGMENTATION -> new LeastFragmentation(mix);
        };
    }
}
