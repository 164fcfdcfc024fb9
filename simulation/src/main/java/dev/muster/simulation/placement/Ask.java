package dev.muster.simulation.placement;

import java.util.List;

/** What one pod asks, by the numbers of {@link ResourceIndex}; the binpack weight of each beside it. */
final class Ask {
    /** The number of a resource that no node offers; no node fits such an ask. */
    static final int NOWHERE = Integer.MAX_VALUE;

    private final List<String> names;
    private final int[] resources;
    private final long[] amounts;
    private final int[] weights;

    Ask(List<String> names, int[] resources, long[] amounts, int[] weights) {
        this.names = names;
        this.resources = resources;
        this.amounts = amounts;
        this.weights = weights;
    }

    int size() {
        return resources.length;
    }

    String name(int i) {
        return names.get(i);
    }

    int resource(int i) {
        return resources[i];
    }

    long amount(int i) {
        return amounts[i];
    }

    /**
     * Volcano's binpack score of a machine that this ask fits: the weighted mean of what would be used of each resource, 0 to
     * 100, times the plugin's weight. Resources without a weight do not count, nor ones the machine has none of.
     */
    double score(Machine machine, int pluginWeight) {
        double score = 0;
        int sum = 0;
        for (int i = 0; i < resources.length; i++) {
            if (weights[i] > 0) {
                double capacity = machine.capacity(resources[i]);
                score += weights[i] * (machine.used(resources[i]) + (double) amounts[i]) / capacity;
                sum += weights[i];
            }
        }
        return sum == 0 ? 0 : score / sum * 100 * pluginWeight;
    }
}
