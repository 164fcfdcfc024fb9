package dev.muster.report;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of the nodes is of no use, as metrics; nothing where another replica plans. */
@Singleton
public class PackingFigures extends Collector {
    private final Packing packing;

    PackingFigures(Packing packing) {
        this.packing = packing;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        GaugeMetricFamily stranded = new GaugeMetricFamily(
                "muster_stranded",
                "Free room of ready nodes that a pod of the load of late is expected not to use, in base units",
                List.of("pool", "resource"));
        GaugeMetricFamily cost = new GaugeMetricFamily(
                "muster_stranded_cost_per_hour", "What that room costs in an hour", List.of("pool"));
        GaugeMetricFamily tails = new GaugeMetricFamily(
                "muster_tail_nodes", "Nodes whose only pods are a small remainder of one job", List.of("pool"));
        GaugeMetricFamily tailCost =
                new GaugeMetricFamily("muster_tail_cost_per_hour", "What those nodes cost in an hour", List.of("pool"));
        packing.find().map(Packing.Found::fragmentation).ifPresent(found -> found.pools()
                .forEach((pool, view) -> {
                    List<String> label = List.of(pool.value());
                    view.stranded()
                            .forEach((resource, amount) -> stranded.addMetric(List.of(pool.value(), resource), amount));
                    tails.addMetric(label, view.tails());
                    add(cost, label, view.strandedPrice());
                    add(tailCost, label, view.tailPrice());
                }));
        return List.of(stranded, cost, tails, tailCost);
    }

    private static void add(GaugeMetricFamily family, List<String> label, @Nullable BigDecimal price) {
        if (price != null) {
            family.addMetric(label, price.doubleValue());
        }
    }
}
