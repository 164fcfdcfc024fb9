package dev.muster.web;

import dev.muster.api.Fragmentation;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.report.Packing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What of the nodes is of no use, as it goes over the wire. */
final class FragmentationView {
    /** Tails in one answer, the dearest first. */
    private static final int MOST_TAILS = 1_000;

    private FragmentationView() {}

    /** Of all pools, or of one with its single nodes. */
    static Fragmentation of(Packing.Found found, @Nullable PoolName only) {
        dev.muster.quota.fragmentation.Fragmentation all = found.fragmentation();
        return new Fragmentation(
                found.at(),
                all.pools().entrySet().stream()
                        .filter(entry -> only == null || entry.getKey().equals(only))
                        .map(entry -> pool(entry.getKey(), entry.getValue()))
                        .toList(),
                all.shapes().stream().map(FragmentationView::shape).toList(),
                all.tails().stream()
                        .filter(tail -> only == null || tail.pool().equals(only))
                        .limit(MOST_TAILS)
                        .map(FragmentationView::tail)
                        .toList(),
                only == null
                        ? null
                        : all.nodes().stream()
                                .filter(node -> node.pool().equals(only))
                                .map(FragmentationView::node)
                                .toList());
    }

    private static Fragmentation.PoolPart pool(
            PoolName name, dev.muster.quota.fragmentation.Fragmentation.PoolView pool) {
        return new Fragmentation.PoolPart(
                name.value(),
                pool.nodes(),
                Amounts.text(pool.allocatable()),
                Amounts.text(pool.free()),
                amounts(pool.stranded()),
                rounded(pool.strandedShare()),
                money(pool.strandedPrice()),
                pool.tails(),
                money(pool.tailPrice()));
    }

    private static Fragmentation.ShapeFit shape(dev.muster.quota.fragmentation.Fragmentation.ShapeFit fit) {
        Map<String, Long> byPool = new TreeMap<>();
        fit.byPool().forEach((pool, count) -> byPool.put(pool.value(), count));
        Map<String, String> advice = new TreeMap<>();
        fit.advice().forEach((pool, text) -> advice.put(pool.value(), text));
        return new Fragmentation.ShapeFit(
                Amounts.text(fit.shape().pod()),
                rounded(fit.probability()),
                fit.largestGang(),
                byPool,
                advice.isEmpty() ? null : advice);
    }

    private static Fragmentation.Tail tail(dev.muster.quota.fragmentation.Fragmentation.Tail tail) {
        return new Fragmentation.Tail(
                tail.node().value(),
                tail.pool().value(),
                tail.job().value(),
                tail.pods(),
                Amounts.text(tail.used()),
                rounded(tail.fill()),
                tail.elastic(),
                money(tail.price()));
    }

    private static Fragmentation.NodePart node(dev.muster.quota.fragmentation.Fragmentation.NodeView node) {
        return new Fragmentation.NodePart(
                node.name().value(),
                node.ready(),
                Amounts.text(node.used()),
                amounts(node.stranded()),
                rounded(node.fill()),
                rounded(node.lost()),
                node.pods(),
                node.tail(),
                money(node.strandedPrice()));
    }

    private static Map<String, String> amounts(Map<String, Double> amounts) {
        Map<String, Long> whole = new TreeMap<>();
        amounts.forEach((name, amount) -> whole.put(name, Math.max(0, Math.round(amount))));
        return Amounts.text(Resources.of(whole));
    }

    private static double rounded(double part) {
        return BigDecimal.valueOf(part).setScale(4, RoundingMode.HALF_UP).doubleValue();
    }

    static @Nullable Double money(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.setScale(6, RoundingMode.HALF_UP).doubleValue();
    }
}
