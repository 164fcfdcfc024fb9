package dev.muster.simulation.placement;

import java.util.Map;

/**
 * Arguments of Volcano's binpack plugin: {@code weight} of the plugin ({@code binpack.weight}), and of each resource
 * ({@code binpack.cpu}, {@code binpack.memory}, {@code binpack.resources.<name>}). A resource without a weight is not looked
 * at. {@code nodeAffinity} is the weight of preferred node affinities in Volcano's nodeorder plugin.
 */
public record BinpackWeights(int weight, Map<String, Integer> resources, int nodeAffinity) {
    /** What Volcano does without arguments: cpu and memory count alike, no other resource counts. */
    public static final BinpackWeights VOLCANO = new BinpackWeights(1, Map.of("cpu", 1, "memory", 1), 2);

    public BinpackWeights {
        resources = Map.copyOf(resources);
        if (weight < 0 || nodeAffinity < 0 || resources.values().stream().anyMatch(w -> w < 0)) {
            throw new IllegalArgumentException("Negative binpack weight: plugin %d, resources %s, node affinity %d"
                    .formatted(weight, resources, nodeAffinity));
        }
    }
}
