package dev.muster.cli.simulate;

import dev.muster.api.RecordedSupply;
import dev.muster.cli.BadInput;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.market.Market;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;
import java.time.Duration;
import java.util.ArrayList;
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
final class RecordedCluster {
    private static final long GATHER = 1_000;

    private final RecordingFile file;
    private final Map<String, List<PoolName>> parts = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final SiteSpec site;

    RecordedCluster(RecordingFile file) {
        this.file = file;
        List<PoolSpec> pools = new ArrayList<>();
        byPool().forEach((pool, shapes) -> pools.addAll(pools(pool, shapes)));
        if (pools.isEmpty()) {
            throw new BadInput("the recording's cluster has no node");
        }
        this.site = new SiteSpec(
                pools, file.cluster().snapshot().queues(), AutoscalerSpec.NONE, Latency.always(0), 0, GATHER);
    }

    private record Shape(Resources amounts, int maxPods) {}

    private Map<PoolName, Map<Shape, Integer>> byPool() {
        Map<PoolName, Map<Shape, Integer>> pools = new TreeMap<>();
        for (Node node : file.cluster().snapshot().nodes()) {
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
        parts.put(pool.value(), made.stream().map(PoolSpec::name).toList());
        return made;
    }

    /** Empty where nothing was recorded. */
    private List<Market.Step> steps(PoolName pool) {
        List<Market.Step> steps = new ArrayList<>();
        file.supply().stream()
                .filter(one -> one.pool().equals(pool.value()))
                .sorted(Comparator.comparing(RecordedSupply::at))
                .forEach(one -> {
                    long at = Math.max(
                            0, Duration.between(file.head().from(), one.at()).toMillis());
                    steps.removeIf(before -> before.at() == at);
                    steps.add(new Market.Step(at, one.nodes()));
                });
        if (!steps.isEmpty() && steps.get(0).at() > 0) {
            steps.add(0, new Market.Step(0, 0));
        }
        return steps;
    }

    SiteSpec site() {
        return site;
    }

    /** The pools that one pool of the recording has become; none where it had no node. */
    List<PoolName> parts(String pool) {
        return parts.getOrDefault(pool, List.of());
    }

    List<String> remarks() {
        return remarks;
    }
}
