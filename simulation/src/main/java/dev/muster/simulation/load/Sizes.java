package dev.muster.simulation.load;

import dev.muster.simulation.event.Chance;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sizes by weight. */
public record Sizes(SortedMap<Integer, Double> weights) {
    public Sizes {
        weights = new TreeMap<>(weights);
        if (weights.isEmpty() || weights.values().stream().anyMatch(weight -> !(weight >= 0))) {
            throw new IllegalArgumentException("Sizes need weights of 0 or more");
        }
    }

    public static Sizes always(int size) {
        return new Sizes(new TreeMap<>(Map.of(size, 1.0)));
    }

    public int draw(Chance chance) {
        double left = chance.share()
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        for (Map.Entry<Integer, Double> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        return weights.lastKey();
    }
}
