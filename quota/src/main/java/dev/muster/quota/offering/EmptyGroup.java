package dev.muster.quota.offering;

import dev.muster.quota.node.Taint;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that an autoscaler may make, of which there is none now. {@code autoscaler} and {@code name} are its own words; {@code labels}
 * and {@code taints} what it says that such nodes have, {@code most} how many there may be, null where it does not say. {@code unknown}
 * is what a pool needs that it does not say, a sentence each.
 */
public record EmptyGroup(
        String autoscaler,
        String name,
        SortedMap<String, String> labels,
        List<Taint> taints,
        @Nullable Integer most,
        List<String> unknown) {
    public EmptyGroup {
        labels = new TreeMap<>(labels);
        taints = List.copyOf(taints);
        unknown = List.copyOf(unknown);
    }

    /** A pool that is declared with these labels takes its nodes, or some of them. */
    boolean isTakenBy(java.util.Map<String, String> declared) {
        boolean byGroup = ProviderGroup.of(declared)
                .filter(group -> !group.name().isEmpty() && name.contains(group.name()))
                .isPresent();
        if (labels.isEmpty() || !byGroup) {
            return byGroup;
        }
        // Another zone or capacity type of the same group is another pool.
        return declared.entrySet().stream()
                .allMatch(label -> label.getValue().equals(labels.getOrDefault(label.getKey(), label.getValue())));
    }
}
