package dev.muster.quota.fragmentation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The shapes of the pods of late, the most frequent first, each with its part of all: the parts are 1 together. */
public record Load(List<Part> parts) {
    /** Rarer shapes than so many say little and cost time. */
    public static final int MOST_SHAPES = 64;

    /** A shape and how likely a pod of late was of it. */
    public record Part(Shape shape, double probability) {}

    public Load {
        parts = List.copyOf(parts);
    }

    /** Of how many pods of each shape there were. */
    public static Load of(Map<Shape, Long> pods) {
        List<Map.Entry<Shape, Long>> frequent = pods.entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && !entry.getKey().pod().isZero())
                .sorted(Map.Entry.<Shape, Long>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().toString(), Comparator.naturalOrder()))
                .limit(MOST_SHAPES)
                .toList();
        double all = frequent.stream().mapToLong(Map.Entry::getValue).sum();
        return new Load(frequent.stream()
                .map(entry -> new Part(entry.getKey(), entry.getValue() / all))
                .toList());
    }
}
