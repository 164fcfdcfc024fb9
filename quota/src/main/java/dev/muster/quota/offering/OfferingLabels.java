package dev.muster.quota.offering;

import dev.muster.quota.node.NodeAffinity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How providers and autoscalers label their nodes: the first row that fits counts. */
final class OfferingLabels {
    private record Row(String key, String value, CapacityType capacity) {
        boolean fits(Map<String, String> labels) {
            return value.equals(labels.get(key));
        }
    }

    private static final List<Row> CAPACITY = List.of(
            new Row("muster.dev/capacity-type", "spot", CapacityType.SPOT),
            new Row("muster.dev/capacity-type", "on-demand", CapacityType.ON_DEMAND),
            new Row("muster.dev/capacity-type", "reserved", CapacityType.RESERVED),
            new Row("karpenter.sh/capacity-type", "spot", CapacityType.SPOT),
            new Row("karpenter.sh/capacity-type", "on-demand", CapacityType.ON_DEMAND),
            new Row("karpenter.sh/capacity-type", "reserved", CapacityType.RESERVED),
            new Row("eks.amazonaws.com/capacityType", "SPOT", CapacityType.SPOT),
            new Row("eks.amazonaws.com/capacityType", "ON_DEMAND", CapacityType.ON_DEMAND),
            new Row("eks.amazonaws.com/capacityType", "CAPACITY_BLOCK", CapacityType.RESERVED),
            new Row("cloud.google.com/gke-spot", "true", CapacityType.SPOT),
            new Row("cloud.google.com/gke-preemptible", "true", CapacityType.SPOT),
            new Row("cloud.google.com/gke-provisioning", "spot", CapacityType.SPOT),
            new Row("cloud.google.com/gke-provisioning", "preemptible", CapacityType.SPOT),
            new Row("cloud.google.com/gke-provisioning", "standard", CapacityType.ON_DEMAND),
            new Row("kubernetes.azure.com/scalesetpriority", "spot", CapacityType.SPOT),
            new Row("kubernetes.azure.com/scalesetpriority", "regular", CapacityType.ON_DEMAND),
            new Row("node.kubernetes.io/lifecycle", "spot", CapacityType.SPOT));

    private static final List<String> ZONE =
            List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
    private static final List<String> INSTANCE_TYPE =
            List.of("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type");

    private OfferingLabels() {}

    static CapacityType capacity(Map<String, String> labels) {
        return CAPACITY.stream()
                .filter(row -> row.fits(labels))
                .map(Row::capacity)
                .findFirst()
                .orElse(CapacityType.ON_DEMAND);
    }

    /** No label that says that a node is spot. */
    static List<NodeAffinity.Expression> spot() {
        return spot(NodeAffinity.Operator.NOT_IN);
    }

    /** Any one of these labels says that a node is spot. */
    static List<NodeAffinity.Expression> isSpot() {
        return spot(NodeAffinity.Operator.IN);
    }

    private static List<NodeAffinity.Expression> spot(NodeAffinity.Operator operator) {
        Map<String, List<String>> values = CAPACITY.stream()
                .filter(row -> row.capacity() == CapacityType.SPOT)
                .collect(Collectors.groupingBy(
                        Row::key, TreeMap::new, Collectors.mapping(Row::value, Collectors.toList())));
        return values.entrySet().stream()
                .map(label -> new NodeAffinity.Expression(label.getKey(), operator, label.getValue()))
                .toList();
    }

    static String zone(Map<String, String> labels) {
        return first(ZONE, labels);
    }

    static String instanceType(Map<String, String> labels) {
        return first(INSTANCE_TYPE, labels);
    }

    /** The labels by which these are said, as they are. */
    static Map<String, String> said(Map<String, String> labels) {
        Map<String, String> said = new TreeMap<>();
        CAPACITY.stream()
                .filter(row -> row.fits(labels))
                .findFirst()
                .ifPresent(row -> said.put(row.key(), row.value()));
        Stream.of(ZONE, INSTANCE_TYPE)
                .flatMap(keys -> keys.stream().filter(labels::containsKey).limit(1))
                .forEach(key -> said.put(key, labels.get(key)));
        return said;
    }

    private static String first(List<String> keys, Map<String, String> labels) {
        return keys.stream()
                .filter(labels::containsKey)
                .map(labels::get)
                .findFirst()
                .orElse("");
    }
}
