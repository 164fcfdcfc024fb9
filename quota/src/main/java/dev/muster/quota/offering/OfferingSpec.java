package dev.muster.quota.offering;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node of an offering is like when it comes, how many there may be, and the price of one for an hour, null where nobody
 * said it. {@code resources} is what pods may ask of an empty one.
 */
public record OfferingSpec(
        Offering offering,
        Resources resources,
        int maxPods,
        Map<String, String> labels,
        List<Taint> taints,
        int min,
        int max,
        @Nullable BigDecimal price) {
    public OfferingSpec {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        if (maxPods < 1 || min < 0 || max < min) {
            throw new IllegalArgumentException(
                    "Offering %s has %d to %d nodes of %d pods each: expected 0 ≤ min ≤ max, 1 or more pods"
                            .formatted(offering, min, max, maxPods));
        }
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException(
                    "Offering %s has the price %s: expected 0 or more".formatted(offering, price));
        }
    }

    /** A node as it would come. */
    public Node node(NodeName name) {
        return new Node(name, offering.pool(), labels, taints, resources, Resources.NONE, maxPods, 0, true);
    }

    public OfferingSpec withBounds(int least, int most) {
        return new OfferingSpec(offering, resources, maxPods, labels, taints, least, most, price);
    }

    /**
     * What is found from nodes, by offering: each as its smallest ready node is, less what pods outside of Muster take of it.
     * It may have as many nodes as it has, because nobody said more.
     */
    public static SortedMap<Offering, OfferingSpec> found(List<Node> nodes) {
        Comparator<Node> smallest = Comparator.<Node>comparingLong(OfferingSpec::size)
                .thenComparing(node -> node.name().value());
        SortedMap<Offering, Node> samples = new TreeMap<>();
        SortedMap<Offering, Integer> counts = new TreeMap<>();
        for (Node node : nodes) {
            Offering offering = Offering.of(node);
            counts.merge(offering, 1, Integer::sum);
            samples.merge(
                    offering,
                    node,
                    (a, b) -> a.ready() != b.ready() ? (a.ready() ? a : b) : smallest.compare(a, b) <= 0 ? a : b);
        }
        SortedMap<Offering, OfferingSpec> found = new TreeMap<>();
        samples.forEach((offering, node) -> found.put(
                offering,
                new OfferingSpec(
                        offering,
                        node.allocatable().minus(node.overhead()),
                        Math.max(1, node.maxPods() - node.foreignPods()),
                        node.labels(),
                        node.taints(),
                        0,
                        counts.get(offering),
                        null)));
        return found;
    }

    private static long size(Node node) {
        return node.allocatable().minus(node.overhead()).amount("cpu");
    }
}
