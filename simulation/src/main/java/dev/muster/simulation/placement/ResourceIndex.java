package dev.muster.simulation.placement;

import dev.muster.quota.resource.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the resource names that nodes offer, so that amounts fit into arrays. Names are only added. */
final class ResourceIndex {
    private final Map<String, Integer> numbers = new HashMap<>();

    /** What a node offers; its names become known. */
    long[] capacity(Resources allocatable) {
        for (String name : allocatable.names()) {
            numbers.putIfAbsent(name, numbers.size());
        }
        long[] capacity = new long[numbers.size()];
        for (String name : allocatable.names()) {
            capacity[numbers.get(name)] = allocatable.amount(name);
        }
        return capacity;
    }

    /** What a pod asks. A name that no node ever offered gets {@link Ask#NOWHERE}. */
    Ask ask(Resources resources, BinpackWeights weights) {
        List<String> names = resources.names();
        int[] index = new int[names.size()];
        long[] amounts = new long[names.size()];
        int[] weight = new int[names.size()];
        for (int i = 0; i < index.length; i++) {
            String name = names.get(i);
            index[i] = numbers.getOrDefault(name, Ask.NOWHERE);
            amounts[i] = resources.amount(name);
            weight[i] = weights.resources().getOrDefault(name, 0);
        }
        return new Ask(names, index, amounts, weight);
    }
}
