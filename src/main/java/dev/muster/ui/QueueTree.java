package dev.muster.ui;

import dev.muster.api.Queue;
import dev.muster.api.QueueStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queues in their tree, with what each is given, holds and borrows; {@code more} where not all are shown. */
public record QueueTree(Frame frame, List<Line> lines, boolean more) {
    /** One queue; amounts are as they were written. */
    public record Line(
            String name,
            int depth,
            String state,
            String guarantee,
            String deserved,
            String capability,
            String used,
            String borrowed,
            int waiting,
            int running) {
        public String href() {
            return "/ui/queues/" + name;
        }

        public String css() {
            return "d" + Math.min(depth, 6);
        }

        public boolean open() {
            return state.equals("OPEN");
        }
    }

    static QueueTree of(Frame frame, List<Queue> queues, boolean more) {
        Set<String> names =
                queues.stream().map(queue -> queue.metadata().name()).collect(Collectors.toSet());
        Map<String, List<Queue>> children = new TreeMap<>();
        for (Queue queue : queues) {
            String parent = queue.spec().parent();
            String above = parent == null || !names.contains(parent) ? "" : parent;
            children.computeIfAbsent(above, name -> new ArrayList<>()).add(queue);
        }
        List<Line> lines = new ArrayList<>();
        add(lines, children, "", 0);
        return new QueueTree(frame, List.copyOf(lines), more);
    }

    private static void add(List<Line> lines, Map<String, List<Queue>> children, String parent, int depth) {
        for (Queue queue : children.getOrDefault(parent, List.of())) {
            lines.add(line(queue, depth));
            add(lines, children, queue.metadata().name(), depth + 1);
        }
    }

    static Line line(Queue queue, int depth) {
        QueueStatus status = queue.status();
        Map<String, String> used = status == null ? Map.of() : status.used();
        return new Line(
                queue.metadata().name(),
                depth,
                queue.spec().state() == null ? "OPEN" : queue.spec().state(),
                Amounts.text(queue.spec().guarantee()),
                Amounts.text(queue.spec().deserved()),
                Amounts.text(queue.spec().capability()),
                Amounts.text(used),
                borrowed(queue.spec().deserved(), used),
                status == null ? 0 : status.pending(),
                status == null ? 0 : status.running());
    }

    /** Of resources that are shared out: what it holds above what it deserves. */
    private static String borrowed(@Nullable Map<String, String> deserved, Map<String, String> used) {
        if (deserved == null) {
            return "";
        }
        Map<String, String> above = new TreeMap<>();
        deserved.forEach((name, amount) -> {
            long more = dev.muster.quota.resource.Quantity.parse(name, used.getOrDefault(name, "0"))
                    - dev.muster.quota.resource.Quantity.parse(name, amount);
            if (more > 0) {
                above.put(name, dev.muster.quota.resource.Quantity.format(name, more));
            }
        });
        return Amounts.text(above);
    }
}
