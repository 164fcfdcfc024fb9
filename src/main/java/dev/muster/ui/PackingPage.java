package dev.muster.ui;

import dev.muster.quota.fragmentation.Fragmentation;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.Worth;
import dev.muster.report.Packing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every pool as boxes filled by what is used and what of the rest is stranded; gangs that fit; nodes that are held by a tail. */
public record PackingPage(
        Frame frame,
        boolean planned,
        List<PoolMap> pools,
        List<Gang> gangs,
        List<TailRow> tails,
        int moreTails,
        String stranded,
        String tailCount,
        String tailCost) {
    /** Most boxes of a pool; where nodes are more, one stands for several. */
    static final int MOST_BOXES = 600;

    private static final int MOST_ROWS = 12;

    /** A pool and its boxes. */
    public record PoolMap(String name, String sentence, List<Box> boxes, int nodesPerBox) {}

    /** A node, or some: used and stranded in tenths of their worth. */
    public record Box(int used, int stranded, boolean ready, boolean tail, String title) {
        public String css() {
            return ready ? "f%d w%d%s".formatted(used, stranded, tail ? " tail" : "") : "down";
        }
    }

    /** Pods of one shape: how many of them could be a gang now. */
    public record Gang(String asks, String share, long most, String where) {}

    /** A node that a remainder holds. */
    public record TailRow(String node, String pool, String job, String href, String fill, String cost, String mayGo) {}

    static PackingPage of(Frame frame, Packing.@Nullable Found found) {
        if (found == null) {
            return new PackingPage(frame, false, List.of(), List.of(), List.of(), 0, "–", "–", "–");
        }
        Fragmentation all = found.fragmentation();
        Map<PoolName, List<Fragmentation.NodeView>> byPool = new HashMap<>();
        all.nodes().forEach(node -> byPool.computeIfAbsent(node.pool(), pool -> new ArrayList<>())
                .add(node));
        return new PackingPage(
                frame,
                true,
                byPool.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> map(
                                entry.getKey(), entry.getValue(), all.pools().get(entry.getKey())))
                        .toList(),
                all.shapes().stream().limit(MOST_ROWS).map(PackingPage::gang).toList(),
                all.tails().stream().limit(MOST_ROWS).map(PackingPage::tail).toList(),
                Math.max(0, all.tails().size() - MOST_ROWS),
                sum(all.pools().values().stream()
                        .map(Fragmentation.PoolView::strandedPrice)
                        .toList()),
                Integer.toString(all.tails().size()),
                sum(all.pools().values().stream()
                        .map(Fragmentation.PoolView::tailPrice)
                        .toList()));
    }

    private static PoolMap map(
            PoolName name, List<Fragmentation.NodeView> nodes, Fragmentation.@Nullable PoolView pool) {
        int perBox = Math.max(1, (nodes.size() + MOST_BOXES - 1) / MOST_BOXES);
        List<Box> boxes = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += perBox) {
            boxes.add(box(nodes.subList(from, Math.min(nodes.size(), from + perBox))));
        }
        String sentence = pool == null
                ? (nodes.size() == 1 ? "1 node, which is not ready" : "%d nodes, none ready".formatted(nodes.size()))
                : "%s; free: %s; of no use to the load of late: %s%s"
                        .formatted(
                                nodes.size() == 1 ? "1 node" : nodes.size() + " nodes",
                                some(pool.free()),
                                some(whole(pool.stranded())),
                                pool.strandedPrice() == null ? "" : ", " + money(pool.strandedPrice()) + " an hour");
        return new PoolMap(name.value(), sentence, boxes, perBox);
    }

    private static Box box(List<Fragmentation.NodeView> nodes) {
        List<Fragmentation.NodeView> ready =
                nodes.stream().filter(Fragmentation.NodeView::ready).toList();
        double used = ready.stream()
                .mapToDouble(node -> Worth.of(node.used(), node.allocatable()))
                .average()
                .orElse(0);
        double stranded = ready.stream()
                .mapToDouble(node -> Worth.of(whole(node.stranded()), node.allocatable()))
                .average()
                .orElse(0);
        String title = nodes.stream()
                .limit(3)
                .map(node -> "%s: %s used of %s, %s stranded, %d pods%s%s"
                        .formatted(
                                node.name(),
                                some(node.used()),
                                some(node.allocatable()),
                                some(whole(node.stranded())),
                                node.pods(),
                                node.tail() ? ", held by a tail" : "",
                                node.ready() ? "" : ", not ready"))
                .collect(Collectors.joining("\n"));
        return new Box(
                level(used),
                level(stranded),
                !ready.isEmpty(),
                ready.stream().anyMatch(Fragmentation.NodeView::tail),
                title + (nodes.size() > 3 ? "\nand %d more".formatted(nodes.size() - 3) : ""));
    }

    /** Something is never shown as nothing, and not quite full never as full. */
    private static int level(double part) {
        return part <= 0.001 ? 0 : part >= 0.999 ? 10 : Math.max(1, Math.min(9, (int) Math.round(part * 10)));
    }

    private static Gang gang(Fragmentation.ShapeFit fit) {
        return new Gang(
                Amount.text(fit.shape().pod()),
                String.format(Locale.ROOT, "%.0f %%", fit.probability() * 100),
                fit.largestGang(),
                fit.byPool().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(" · ")));
    }

    private static TailRow tail(Fragmentation.Tail tail) {
        String job = tail.job().value();
        return new TailRow(
                tail.node().value(),
                tail.pool().value(),
                "…" + job.substring(Math.max(0, job.length() - 6)),
                "/ui/jobs/" + job,
                "%d %s, %s".formatted(tail.pods(), tail.pods() == 1 ? "pod" : "pods", some(tail.used())),
                tail.price() == null ? "–" : money(tail.price()),
                tail.elastic() ? "elastic: may go" : "of its gang");
    }

    private static Resources whole(Map<String, Double> amounts) {
        Map<String, Long> rounded = new HashMap<>();
        amounts.forEach((name, amount) -> rounded.put(name, Math.max(0, Math.round(amount))));
        return Resources.of(rounded);
    }

    private static String some(Resources amounts) {
        return amounts.isZero() ? "nothing" : Amount.text(amounts);
    }

    private static String sum(List<@Nullable BigDecimal> prices) {
        BigDecimal sum = null;
        for (BigDecimal price : prices) {
            if (price != null) {
                sum = sum == null ? price : sum.add(price);
            }
        }
        return sum == null ? "–" : money(sum);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
