package dev.muster.quota.fragmentation;

import dev.muster.quota.name.JobId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.resource.Resources;
import dev.muster.quota.usage.NodePrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where room is of no use, measured against the load of late. A node's <em>stranded</em> amount of a resource is the expected amount
 * of it that a task drawn from that load leaves unused when it is placed there as often as it fits:
 *
 * <pre>  stranded(n, r) = Σ_m p(m) × (free(n, r) − k(n, m) × ask(m, r))     k(n, m): how many tasks m fit on n, 0 where it may not run</pre>
 *
 * This is the measure F_n = Σ_m p_m F_n(m) of Weng et al., "Beware of Fragmentation: Scheduling GPU-Sharing Workloads with
 * Fragmentation Gradient Descent", USENIX ATC 2023, §3, where F_n(m) is all that is idle if m cannot run on n, and else the remainder
 * of single GPUs that are too small for it; a node's cpu and memory are one such device each, so their remainder is what is left
 * once it is full of m. What m does not ask for is of no use to it.
 */
public record Fragmentation(
        List<NodeView> nodes, SortedMap<PoolName, PoolView> pools, List<ShapeFit> shapes, List<Tail> tails, int tasks) {
    /** Of its node a tail takes at most this part. */
    public static final double MOST_OF_A_TAIL = 0.25;

    /**
     * {@code stranded} is in base units, {@code fill} and {@code lost} the largest part of a resource that is used, and that is
     * stranded, 0 to 1; {@code strandedPrice} what the stranded part costs in an hour, null where the pool has no price.
     */
    public record NodeView(
            NodeName name,
            PoolName pool,
            boolean ready,
            Resources allocatable,
            Resources used,
            SortedMap<String, Double> stranded,
            double fill,
            double lost,
            int pods,
            boolean tail,
            @Nullable BigDecimal strandedPrice) {}

    /** The sums over a pool's ready nodes. */
    public record PoolView(
            int nodes,
            Resources allocatable,
            Resources free,
            SortedMap<String, Double> stranded,
            int tails,
            @Nullable BigDecimal strandedPrice,
            @Nullable BigDecimal tailPrice) {
        /** The largest part of a resource that is stranded, 0 to 1. */
        public double strandedShare() {
            double share = 0;
            for (Map.Entry<String, Double> entry : stranded.entrySet()) {
                share = Math.max(share, entry.getValue() / Math.max(1, allocatable.amount(entry.getKey())));
            }
            return Math.min(1, share);
        }
    }

    /**
     * How many pods of a shape fit now: the largest gang of them, quota left aside, by pool; {@code advice} is what pool's nodes would
     * take one more of if it asked a little less.
     */
    public record ShapeFit(
            Shape shape,
            double probability,
            long largestGang,
            SortedMap<PoolName, Long> byPool,
            SortedMap<PoolName, String> advice) {}

    /**
     * A node whose only pods are few of one attempt that has others elsewhere, or of pods above its minimum: {@code price} is what the
     * node costs in an hour, {@code elastic} whether all of them may go without ending the gang.
     */
    public record Tail(
            NodeName node,
            PoolName pool,
            JobId job,
            int pods,
            Resources used,
            double fill,
            boolean elastic,
            @Nullable BigDecimal price) {}

    /** {@code prices}: of pools where there is one. */
    public static Fragmentation of(Snapshot snapshot, Load load, Map<PoolName, NodePrice> prices) {
        List<NodeView> nodes = new ArrayList<>();
        List<Tail> tails = new ArrayList<>();
        List<SortedMap<PoolName, Long>> fits = new ArrayList<>();
        load.parts().forEach(part -> fits.add(new TreeMap<>()));
        Map<JobId, Elastic> elastic = new HashMap<>();
        for (NodeRoom room : NodeRoom.of(snapshot).values()) {
            PoolName pool = room.node().pool();
            @Nullable NodePrice price = prices.get(pool);
            for (int i = 0; i < fits.size(); i++) {
                fits.get(i).merge(pool, room.fits(load.parts().get(i).shape()), Long::sum);
            }
            @Nullable Tail tail = tail(room, price, elastic);
            if (tail != null) {
                tails.add(tail);
            }
            nodes.add(view(room, load, price, tail != null));
        }
        List<ShapeFit> shapes = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            Load.Part part = load.parts().get(i);
            fits.get(i).values().removeIf(count -> count == 0);
            long all = fits.get(i).values().stream().mapToLong(Long::longValue).sum();
            shapes.add(
                    new ShapeFit(part.shape(), part.probability(), all, fits.get(i), advice(part.shape(), snapshot)));
        }
        tails.sort(Comparator.comparing((Tail tail) -> tail.price() == null ? BigDecimal.ZERO : tail.price())
                .reversed()
                .thenComparing(Tail::node));
        return new Fragmentation(
                nodes, pools(nodes, tails), shapes, tails, load.parts().size());
    }

    /** By the first node of each pool: its nodes are of one shape. */
    private static SortedMap<PoolName, String> advice(Shape shape, Snapshot snapshot) {
        Map<PoolName, Node> first = new HashMap<>();
        snapshot.nodes().stream()
                .filter(Node::ready)
                .forEach(node ->
                        first.merge(node.pool(), node, (a, b) -> a.name().compareTo(b.name()) <= 0 ? a : b));
        SortedMap<PoolName, String> advice = new TreeMap<>();
        first.forEach((pool, node) -> Advice.of(shape, node).ifPresent(text -> advice.put(pool, text)));
        return advice;
    }

    /** What of a node's free room a task of the load cannot use, expected, by resource; nothing where there is no load. */
    static SortedMap<String, Double> stranded(NodeRoom room, Load load) {
        SortedMap<String, Double> stranded = new TreeMap<>();
        Resources free = room.free();
        for (Load.Part part : load.parts()) {
            long fits = room.fits(part.shape());
            for (String name : free.names()) {
                double left =
                        free.amount(name) - (double) fits * part.shape().pod().amount(name);
                stranded.merge(name, part.probability() * left, Double::sum);
            }
        }
        return stranded;
    }

    private static NodeView view(NodeRoom room, Load load, @Nullable NodePrice price, boolean tail) {
        SortedMap<String, Double> stranded = stranded(room, load);
        double lost = 0;
        for (Map.Entry<String, Double> entry : stranded.entrySet()) {
            lost = Math.max(
                    lost,
                    entry.getValue() / Math.max(1, room.node().allocatable().amount(entry.getKey())));
        }
        return new NodeView(
                room.node().name(),
                room.node().pool(),
                room.node().ready(),
                room.node().allocatable(),
                room.used(),
                stranded,
                room.fill(),
                Math.min(1, lost),
                room.pods(),
                tail,
                price == null ? null : price.of(whole(stranded)));
    }

    private static Resources whole(Map<String, Double> amounts) {
        Map<String, Long> rounded = new TreeMap<>();
        amounts.forEach((name, amount) -> rounded.put(name, Math.max(0, Math.round(amount))));
        return Resources.of(rounded);
    }

    private static @Nullable Tail tail(NodeRoom room, @Nullable NodePrice price, Map<JobId, Elastic> known) {
        LiveAttempt only = room.onlyGuest();
        if (only == null || !room.node().ready() || part(room) > MOST_OF_A_TAIL) {
            return null;
        }
        Elastic elastic = known.computeIfAbsent(only.id().job(), job -> Elastic.of(only));
        boolean elsewhere =
                only.pods().stream().anyMatch(held -> !room.node().name().equals(held.node()));
        boolean mayGo = elastic.covers(room.guests());
        int pods =
                room.guests().stream().mapToInt(guest -> guest.held().count()).sum();
        return elsewhere || mayGo
                ? new Tail(
                        room.node().name(),
                        room.node().pool(),
                        only.id().job(),
                        pods,
                        room.used().minus(room.node().overhead()),
                        part(room),
                        mayGo,
                        price == null ? null : price.perHour())
                : null;
    }

    /** The largest part of a resource that Muster's pods take: what DaemonSets take is there on every node. */
    private static double part(NodeRoom room) {
        Resources own = room.used().minus(room.node().overhead());
        double part = 0;
        for (String name : own.names()) {
            part = Math.max(
                    part,
                    own.amount(name)
                            / (double) Math.max(1, room.node().allocatable().amount(name)));
        }
        return part;
    }

    private static SortedMap<PoolName, PoolView> pools(List<NodeView> nodes, List<Tail> tails) {
        SortedMap<PoolName, List<NodeView>> byPool = new TreeMap<>();
        nodes.stream().filter(NodeView::ready).forEach(node -> byPool.computeIfAbsent(
                        node.pool(), pool -> new ArrayList<>())
                .add(node));
        SortedMap<PoolName, PoolView> pools = new TreeMap<>();
        byPool.forEach((pool, own) -> {
            SortedMap<String, Double> stranded = new TreeMap<>();
            own.forEach(node -> node.stranded().forEach((name, amount) -> stranded.merge(name, amount, Double::sum)));
            List<Tail> held =
                    tails.stream().filter(tail -> tail.pool().equals(pool)).toList();
            pools.put(
                    pool,
                    new PoolView(
                            own.size(),
                            own.stream().map(NodeView::allocatable).reduce(Resources.NONE, Resources::plus),
                            own.stream()
                                    .map(node -> node.allocatable().minus(node.used()))
                                    .reduce(Resources.NONE, Resources::plus),
                            stranded,
                            held.size(),
                            sum(own.stream().map(NodeView::strandedPrice).toList()),
                            sum(held.stream().map(Tail::price).toList())));
        });
        return pools;
    }

    private static @Nullable BigDecimal sum(List<@Nullable BigDecimal> prices) {
        BigDecimal sum = null;
        for (BigDecimal price : prices) {
            if (price != null) {
                sum = sum == null ? price : sum.add(price);
            }
        }
        return sum;
    }
}
