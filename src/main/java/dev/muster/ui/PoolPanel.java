package dev.muster.ui;

import dev.muster.pool.Pool;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A pool: its bars, and its nodes as boxes; where nodes are many, one box stands for several. */
public record PoolPanel(
        String name,
        String shape,
        boolean localProcesses,
        List<Bar> bars,
        List<NodeBox> nodes,
        int nodesPerBox,
        int pods,
        String sentence) {
    /** Most boxes of a pool. */
    static final int MOST_BOXES = 400;

    /** A node, or some. {@code level} is the fill of its fullest resource in tenths, 0 to 10: 10 only where it is full. */
    public record NodeBox(int level, boolean ready, String title) {
        public String css() {
            return ready ? "f" + level : "down";
        }
    }

    public String podsText() {
        return pods == 1 ? "1 pod" : pods + " pods";
    }

    static PoolPanel of(Pool pool, Supply supply) {
        List<Supply.NodeUse> nodes = supply.of(pool.name());
        Supply.Held promised = supply.promised().getOrDefault(pool.name(), Supply.Held.NOTHING);
        Resources room = nodes.stream()
                .filter(Supply.NodeUse::ready)
                .map(Supply.NodeUse::allocatable)
                .reduce(Resources.NONE, Resources::plus);
        Resources used =
                nodes.stream().map(node -> node.held().resources()).reduce(promised.resources(), Resources::plus);
        int perBox = Math.max(1, (nodes.size() + MOST_BOXES - 1) / MOST_BOXES);
        List<NodeBox> boxes = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += perBox) {
            boxes.add(box(nodes.subList(from, Math.min(nodes.size(), from + perBox))));
        }
        int pods = promised.pods()
                + nodes.stream().mapToInt(node -> node.held().pods()).sum();
        return new PoolPanel(
                pool.name().value(),
                "%d × %s".formatted(pool.nodes(), Amount.text(pool.resources())),
                pool.localProcesses(),
                room.names().stream()
                        .map(name -> Bar.ofRoom(name, used.amount(name), room.amount(name)))
                        .toList(),
                List.copyOf(boxes),
                perBox,
                pods,
                sentence(nodes));
    }

    private static String sentence(List<Supply.NodeUse> nodes) {
        List<Integer> levels = nodes.stream()
                .filter(Supply.NodeUse::ready)
                .map(node -> level(node.held().resources(), node.allocatable()))
                .toList();
        return "%d nodes: %d full, %d empty, %d not ready"
                .formatted(
                        nodes.size(),
                        levels.stream().filter(level -> level == 10).count(),
                        levels.stream().filter(level -> level == 0).count(),
                        nodes.size() - levels.size());
    }

    private static NodeBox box(List<Supply.NodeUse> nodes) {
        Resources room = nodes.stream().map(Supply.NodeUse::allocatable).reduce(Resources.NONE, Resources::plus);
        Resources used = nodes.stream().map(node -> node.held().resources()).reduce(Resources.NONE, Resources::plus);
        int pods = nodes.stream().mapToInt(node -> node.held().pods()).sum();
        boolean ready = nodes.stream().anyMatch(Supply.NodeUse::ready);
        String name = nodes.get(0).name()
                + (nodes.size() > 1 ? " to " + nodes.get(nodes.size() - 1).name() : "");
        String amounts = room.names().stream()
                .map(resource -> "%s %s of %s"
                        .formatted(
                                Amount.label(resource),
                                Amount.text(resource, used.amount(resource)),
                                Amount.text(resource, room.amount(resource))))
                .collect(Collectors.joining(", "));
        String title = "%s: %s, %d pods%s".formatted(name, amounts, pods, ready ? "" : ", not ready");
        return new NodeBox(level(used, room), ready, title);
    }

    private static int level(Resources used, Resources room) {
        double fill = room.names().stream()
                .mapToDouble(name -> (double) used.amount(name) / Math.max(1, room.amount(name)))
                .max()
                .orElse(0);
        return fill <= 0 ? 0 : fill >= 1 ? 10 : Math.max(1, (int) (fill * 10));
    }
}
