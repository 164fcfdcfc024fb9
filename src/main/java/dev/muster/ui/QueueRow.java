package dev.muster.ui;

import dev.muster.api.Queue;
import dev.muster.api.QueueStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A queue in its place in the tree; {@code bars} has one bar for every resource of the tree, in the same order for all. */
public record QueueRow(
        String name, int depth, boolean leaf, String state, int weight, int pending, int running, List<Bar> bars) {
    /** Most bars of a row; resources that are defined first by admins come first. */
    static final int MOST_BARS = 3;

    /** Deepest step of indentation that is drawn. */
    private static final int DEEPEST = 6;

    public String css() {
        return "d" + Math.min(depth, DEEPEST);
    }

    public boolean open() {
        return state.equals("OPEN");
    }

    /**
     * The tree from the top, children by name. {@code supply} is what all pools can hold: the scale of the bars, so that the
     * shares of all queues can be compared.
     */
    static List<QueueRow> tree(Collection<Queue> queues, Map<String, Long> supply) {
        Map<String, List<Queue>> children = new TreeMap<>();
        Set<String> names = new HashSet<>();
        queues.forEach(queue -> names.add(queue.metadata().name()));
        for (Queue queue : queues) {
            String parent = queue.spec().parent();
            children.computeIfAbsent(parent == null || !names.contains(parent) ? "" : parent, p -> new ArrayList<>())
                    .add(queue);
        }
        children.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(queue -> queue.metadata().name())));
        List<QueueRow> rows = new ArrayList<>();
        add("", 0, children, scale(queues, supply), rows);
        return List.copyOf(rows);
    }

    private static void add(
            String parent,
            int depth,
            Map<String, List<Queue>> children,
            SortedMap<String, Long> scale,
            List<QueueRow> rows) {
        for (Queue queue : children.getOrDefault(parent, List.of())) {
            String name = queue.metadata().name();
            rows.add(of(queue, depth, !children.containsKey(name), scale));
            add(name, depth + 1, children, scale, rows);
        }
    }

    private static QueueRow of(Queue queue, int depth, boolean leaf, SortedMap<String, Long> scale) {
        QueueStatus status = queue.status();
        Map<String, Long> used = status == null ? Map.of() : Amount.parse(status.used());
        Map<String, Long> guarantee = amounts(queue.spec().guarantee());
        Map<String, Long> deserved = amounts(queue.spec().deserved());
        Map<String, Long> capability = amounts(
                status != null && status.effectiveCapability() != null
                        ? status.effectiveCapability()
                        : queue.spec().capability());
        Integer weight = queue.spec().weight();
        return new QueueRow(
                queue.metadata().name(),
                depth,
                leaf,
                queue.spec().state() == null ? "OPEN" : queue.spec().state(),
                weight == null ? 1 : weight,
                status == null ? 0 : status.pending(),
                status == null ? 0 : status.running(),
                scale.entrySet().stream()
                        .limit(MOST_BARS)
                        .map(e -> Bar.ofShare(
                                e.getKey(),
                                used.getOrDefault(e.getKey(), 0L),
                                guarantee.get(e.getKey()),
                                deserved.get(e.getKey()),
                                capability.get(e.getKey()),
                                e.getValue()))
                        .toList());
    }

    private static SortedMap<String, Long> scale(Collection<Queue> queues, Map<String, Long> supply) {
        SortedMap<String, Long> scale = new TreeMap<>();
        supply.forEach((name, amount) -> {
            if (amount > 0) {
                scale.put(name, amount);
            }
        });
        for (Queue queue : queues) {
            QueueStatus status = queue.status();
            if (status != null) {
                Amount.parse(status.used()).forEach((name, amount) -> scale.merge(name, amount, Math::max));
            }
        }
        return scale;
    }

    private static Map<String, Long> amounts(@Nullable Map<String, String> quantities) {
        return quantities == null ? Map.of() : Amount.parse(quantities);
    }
}
