package dev.muster.ui;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.queue.QueueState;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A queue in its place in the tree; {@code bars} has one bar for every resource of the tree, in the same order for all. */
public record QueueRow(
        String name,
        int depth,
        boolean leaf,
        QueueState state,
        int weight,
        long waiting,
        long running,
        List<Bar> bars) {
    /** Most bars of a row. */
    static final int MOST_BARS = 3;

    /** Deepest step of indentation that is drawn. */
    private static final int DEEPEST = 6;

    public String css() {
        return "d" + Math.min(depth, DEEPEST);
    }

    public boolean open() {
        return state == QueueState.OPEN;
    }

    /**
     * The tree from the top, children by name. {@code room} is what all pools can hold: the scale of the bars, so that the
     * shares of all queues can be compared.
     */
    static List<QueueRow> tree(Collection<QueueSpec> queues, Map<QueueName, QueueUse> uses, Resources room) {
        Set<QueueName> names = queues.stream().map(QueueSpec::name).collect(Collectors.toSet());
        Map<String, List<QueueSpec>> children = new TreeMap<>();
        for (QueueSpec queue : queues) {
            QueueName parent = queue.parent();
            String above = parent == null || !names.contains(parent) ? "" : parent.value();
            children.computeIfAbsent(above, p -> new ArrayList<>()).add(queue);
        }
        children.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(queue -> queue.name().value())));
        List<QueueRow> rows = new ArrayList<>();
        new Tree(children, uses, scale(uses.values(), room), rows).add("", 0, Map.of());
        return List.copyOf(rows);
    }

    private static Resources scale(Collection<QueueUse> uses, Resources room) {
        Map<String, Long> scale = new HashMap<>(room.asMap());
        uses.forEach(use -> use.used().asMap().forEach((name, amount) -> scale.merge(name, amount, Math::max)));
        return Resources.of(scale);
    }

    /** Walks down and hands on the capabilities that are in force. */
    private record Tree(
            Map<String, List<QueueSpec>> children,
            Map<QueueName, QueueUse> uses,
            Resources scale,
            List<QueueRow> rows) {
        void add(String parent, int depth, Map<String, Long> above) {
            for (QueueSpec queue : children.getOrDefault(parent, List.of())) {
                Map<String, Long> capability = new HashMap<>(above);
                Resources own = queue.capability();
                if (own != null) {
                    own.names().forEach(name -> capability.merge(name, own.amount(name), Math::min));
                }
                String name = queue.name().value();
                rows.add(row(queue, depth, !children.containsKey(name), capability));
                add(name, depth + 1, capability);
            }
        }

        private QueueRow row(QueueSpec queue, int depth, boolean leaf, Map<String, Long> capability) {
            QueueUse use = uses.getOrDefault(queue.name(), QueueUse.NOTHING);
            return new QueueRow(
                    queue.name().value(),
                    depth,
                    leaf,
                    queue.state(),
                    queue.weight(),
                    use.waiting(),
                    use.running(),
                    scale.names().stream()
                            .limit(MOST_BARS)
                            .map(name -> Bar.ofShare(
                                    name,
                                    use.used().amount(name),
                                    set(queue.guarantee(), name),
                                    set(queue.deserved(), name),
                                    capability.get(name),
                                    scale.amount(name)))
                            .toList());
        }

        private static @Nullable Long set(Resources resources, String name) {
            return resources.amount(name) == 0 ? null : resources.amount(name);
        }
    }
}
