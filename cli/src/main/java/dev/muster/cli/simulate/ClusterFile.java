package dev.muster.cli.simulate;

import dev.muster.cli.scenario.Amounts;
import dev.muster.cli.scenario.Part;
import dev.muster.cli.scenario.QueuePart;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import dev.muster.simulation.market.Latency;
import dev.muster.simulation.site.AutoscalerSpec;
import dev.muster.simulation.site.OfferingSpec;
import dev.muster.simulation.site.PoolSpec;
import dev.muster.simulation.site.SiteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster to simulate: {@code kind: SimulatedCluster}. */
public final class ClusterFile {
    private static final int MOST_NODES = 100_000;
    private static final List<String> FILE = List.of("pools", "queues", "autoscaler", "podStart", "notice", "gather");
    private static final List<String> OFFERING =
            List.of("zone", "spot", "price", "nodes", "storms", "trace", "launch", "lossesPerNodeHour");
    private static final long MINUTE = 60_000;

    private final Path file;

    private ClusterFile(Path file) {
        this.file = file;
    }

    /** @throws dev.muster.cli.BadInput where it is wrong: with line, column and what was expected */
    public static SiteSpec read(Path file) {
        return new ClusterFile(file).read();
    }

    private SiteSpec read() {
        Words words = Words.read(file, "SimulatedCluster", FILE);
        if (!words.has("pools")) {
            throw words.part("kind")
                    .wrong("the cluster has no 'pools'", "Expected 'pools:' and below it each pool by name.");
        }
        List<PoolSpec> pools = new ArrayList<>();
        words.part("pools").entries().forEach((name, part) -> pools.addAll(pools(part.as(PoolName::new, name), part)));
        if (pools.isEmpty()) {
            throw words.part("pools").wrong("the cluster has no pool");
        }
        return new SiteSpec(
                pools,
                words.has("queues") ? QueuePart.of(words.part("queues"), false).queues() : List.of(),
                words.has("autoscaler") ? AutoscalerPart.of(words.part("autoscaler")) : AutoscalerSpec.NONE,
                words.latency("podStart", Latency.always(0)),
                words.length("notice", 2 * MINUTE),
                words.length("gather", MINUTE));
    }

    /** One pool, or with {@code each: N} equal ones {@code <name>-0} and on, which share their offerings' markets. */
    private List<PoolSpec> pools(PoolName name, Part part) {
        PoolSpec one = pool(name, part);
        Map<String, Part> fields = part.entries();
        if (!fields.containsKey("each")) {
            return List.of(one);
        }
        int each = fields.get("each").whole(1, 1_000);
        List<PoolSpec> all = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            all.add(new PoolSpec(
                    new PoolName(name + "-" + i),
                    one.shape(),
                    one.maxPods(),
                    one.min(),
                    one.max(),
                    one.start(),
                    one.offerings()));
        }
        return all;
    }

    private PoolSpec pool(PoolName name, Part part) {
        List<String> known = new ArrayList<>(OFFERING);
        known.addAll(Amounts.WORDS);
        known.addAll(List.of("others", "min", "max", "start", "maxPods", "offerings", "each"));
        Map<String, Part> fields = part.fields(known, Amounts::isResource);
        Words words = new Words(fields);
        Resources shape = Amounts.among(fields);
        if (shape.isZero()) {
            throw part.wrong(
                    "pool %s has nothing to give".formatted(name), "Expected such as 'cpu: 16' and 'memory: 64Gi'.");
        }
        int max = words.whole(
                "max", 0, MOST_NODES, words.whole("start", 0, MOST_NODES, words.whole("min", 0, MOST_NODES, 0)));
        int min = words.whole("min", 0, max, words.has("max") ? 0 : max);
        int start = words.whole("start", min, max, words.has("max") ? min : max);
        List<OfferingSpec> offerings = new ArrayList<>();
        if (words.has("offerings")) {
            words.part("offerings").entries().forEach((called, own) -> {
                Map<String, Part> all = new java.util.LinkedHashMap<>(fields);
                all.keySet().retainAll(OFFERING);
                all.putAll(own.fields(OFFERING, field -> false));
                offerings.add(offering(called, new Words(all)));
            });
        }
        if (offerings.isEmpty()) {
            offerings.add(offering(name.value(), words));
        }
        return new PoolSpec(name, shape, words.whole("maxPods", 1, 10_000, 110), min, max, start, offerings);
    }

    private OfferingSpec offering(String name, Words words) {
        return new OfferingSpec(
                name,
                words.has("zone") ? words.part("zone").text() : "",
                words.flag("spot", false),
                words.number("price", 0, 1_000_000, 1),
                new MarketPart(file).of(words),
                words.latency("launch", Latency.always(2 * MINUTE)),
                words.number("lossesPerNodeHour", 0, 1_000, 0));
    }
}
