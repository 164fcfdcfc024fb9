package dev.muster.ui;

import dev.muster.api.Pool;
import dev.muster.api.PoolStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    static PoolPanel of(Pool pool) {
        PoolStatus status = pool.status();
        if (status == null) {
            throw new IllegalArgumentException(
                    "Pool %s without status".formatted(pool.metadata().name()));
        }
        SortedMap<String, Long> room = Amount.parse(status.allocatable());
        Map<String, Long> used = Amount.parse(status.used());
        List<PoolStatus.NodeUse> nodes = status.nodes() == null ? List.of() : status.nodes();
        int perBox = Math.max(1, (nodes.size() + MOST_BOXES - 1) / MOST_BOXES);
        List<NodeBox> boxes = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += perBox) {
            boxes.add(box(nodes.subList(from, Math.min(nodes.size(), from + perBox))));
        }
        long full = boxes.stream().filter(b -> b.ready() && b.level() == 10).count();
        long empty = boxes.stream().filter(b -> b.ready() && b.level() == 0).count();
        long down = nodes.stream().filter(n -> !n.ready()).count();
        return new PoolPanel(
                pool.metadata().name(),
                shape(pool, status),
                Boolean.TRUE.equals(pool.spec().localProcesses()),
                room.entrySet().stream()
                        .filter(e -> e.getValue() > 0)
                        .map(e -> Bar.ofRoom(e.getKey(), used.getOrDefault(e.getKey(), 0L), e.getValue()))
                        .toList(),
                List.copyOf(boxes),
                perBox,
                status.pods(),
                "%d nodes: %d full, %d empty, %d not ready"
                        .formatted(nodes.size(), full * perBox, empty * perBox, down));
    }

    private static String shape(Pool pool, PoolStatus status) {
        String each = Amount.parse(pool.spec().resources()).entrySet().stream()
                .map(e -> Amount.text(e.getKey(), e.getValue()) + " " + Amount.label(e.getKey()))
                .collect(Collectors.joining(" · "));
        return "%d × %s".formatted(status.readyNodes(), each);
    }

    private static NodeBox box(List<PoolStatus.NodeUse> nodes) {
        SortedMap<String, Long> room = new TreeMap<>();
        SortedMap<String, Long> used = new TreeMap<>();
        for (PoolStatus.NodeUse node : nodes) {
            Amount.parse(node.allocatable()).forEach((name, amount) -> room.merge(name, amount, Long::sum));
            Amount.parse(node.used()).forEach((name, amount) -> used.merge(name, amount, Long::sum));
        }
        double fill = room.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .mapToDouble(e -> (double) used.getOrDefault(e.getKey(), 0L) / e.getValue())
                .max()
                .orElse(0);
        int level = fill <= 0 ? 0 : fill >= 1 ? 10 : Math.max(1, (int) (fill * 10));
        String amounts = room.entrySet().stream()
                .map(e -> "%s %s of %s"
                        .formatted(
                                Amount.label(e.getKey()),
                                Amount.text(e.getKey(), used.getOrDefault(e.getKey(), 0L)),
                                Amount.text(e.getKey(), e.getValue())))
                .collect(Collectors.joining(", "));
        int pods = nodes.stream().mapToInt(PoolStatus.NodeUse::pods).sum();
        boolean ready = nodes.stream().anyMatch(PoolStatus.NodeUse::ready);
        String name = nodes.get(0).name()
                + (nodes.size() > 1 ? " … " + nodes.get(nodes.size() - 1).name() : "");
        return new NodeBox(
                level, ready, "%s: %s, %d pods%s".formatted(name, amounts, pods, ready ? "" : ", not ready"));
    }
}
