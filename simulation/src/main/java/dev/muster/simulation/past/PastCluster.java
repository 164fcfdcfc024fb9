package dev.muster.simulation.past;

import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cluster of a recording: nodes come and go as they did, whoever decides. A pool with nodes of several shapes is one for each shape,
 * and stays as it was at last.
 */
public final class PastCluster {
    private static final long GATHER = 1_000;

    private final Instant from;
    private final Map<PoolName, List<Market.Step>> supply = new HashMap<>();
    private final Map<PoolName, List<PoolName>> parts = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final SiteSpec site;

    /** {@code nodes}: as they were at last, at least one. */
    public PastCluster(Instant from, Collection<Node> nodes, List<QueueSpec> queues, Collection<PastSupply> supply) {
        this.from = from;
        supply.stream().sorted(Comparator.comparing(PastSupply::at)).forEach(this::step);
        List<PoolSpec> pools = new ArrayList<>();
        byPool(nodes).forEach((pool, shapes) -> pools.addAll(pools(pool, shapes)));
        this.site = new SiteSpec(pools, queues, AutoscalerSpec.NONE, Latency.always(0), 0, GATHER);
    }

    private record Shape(Resources amounts, int maxPods) {}

    private void step(PastSupply one) {
        long at = since(one.at());
        List<Market.Step> steps = supply.computeIfAbsent(one.pool(), pool -> new ArrayList<>());
        steps.removeIf(before -> before.at() == at);
        steps.add(new Market.Step(at, one.nodes()));
    }

    private static Map<PoolName, Map<Shape, Integer>> byPool(Collection<Node> nodes) {
        Map<PoolName, Map<Shape, Integer>> pools = new TreeMap<>();
        for (Node node : nodes) {
            Shape shape = new Shape(
                    node.allocatable().minus(node.overhead()), Math.max(1, node.maxPods() - node.foreignPods()));
            pools.computeIfAbsent(node.pool(), pool -> new LinkedHashMap<>()).merge(shape, 1, Integer::sum);
        }
        return pools;
    }

    private List<PoolSpec> pools(PoolName pool, Map<Shape, Integer> shapes) {
        List<PoolSpec> made = new ArrayList<>();
        List<Market.Step> steps = shapes.size() == 1 ? steps(pool) : List.of();
        if (shapes.size() > 1) {
            remarks.add("pool %s has nodes of %d shapes: it stays as it was at last".formatted(pool, shapes.size()));
        }
        shapes.forEach((shape, count) -> {
            PoolName name = made.isEmpty() ? pool : new PoolName(pool + "-shape-" + (made.size() + 1));
            List<Market.Step> own = steps.isEmpty() ? List.of(new Market.Step(0, count)) : steps;
            int most = own.stream().mapToInt(Market.Step::nodes).max().orElse(count);
            OfferingSpec offering =
                    new OfferingSpec(name.value(), "", false, 1, new Market.Plain(own), Latency.always(0), 0);
            made.add(new PoolSpec(name, shape.amounts(), shape.maxPods(), most, most, most, List.of(offering)));
        });
        parts.put(pool, made.stream().map(PoolSpec::name).toList());
        return made;
    }

    /** Empty where nothing was recorded; before the first that was, nothing was there. */
    private List<Market.Step> steps(PoolName pool) {
        List<Market.Step> steps = new ArrayList<>(supply.getOrDefault(pool, List.of()));
        if (!steps.isEmpty() && steps.get(0).at() > 0) {
            steps.add(0, new Market.Step(0, 0));
        }
        return steps;
    }

    /** Milliseconds from the beginning. */
    long since(Instant at) {
        return Math.max(0, Duration.between(from, at).toMillis());
    }

    public SiteSpec site() {
        return site;
    }

    /** The pools that one pool of the recording has become; none where it had no node. */
    List<PoolName> parts(PoolName pool) {
        return parts.getOrDefault(pool, List.of());
    }

    /** What is not as it was, a sentence each. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }
}
