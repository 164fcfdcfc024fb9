package dev.muster.kubernetes.autoscaler;

import dev.muster.quota.node.Taint;
import dev.muster.quota.node.TaintEffect;
import dev.muster.quota.offering.EmptyGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Karpenter's NodePools that have no node now: one group for each zone and capacity type that they allow, so that Muster and not
 * Karpenter chooses between them. What they do not say of a node is said to be missing. Where there is no Karpenter there are none.
 */
public final class NodePools {
    private static final System.Logger LOG = System.getLogger(NodePools.class.getName());
    private static final String AUTOSCALER = "karpenter";
    private static final String LABEL = "karpenter.sh/nodepool";
    private static final String CAPACITY = "karpenter.sh/capacity-type";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    /** Of one NodePool; one that allows more says so, and is proposed whole. */
    private static final int MOST = 24;

    private NodePools() {}

    /** {@code there}: labels of all nodes. */
    public static List<EmptyGroup> empty(KubernetesClient client, Stream<Map<String, String>> there) {
        Set<String> used = there.filter(labels -> labels.containsKey(LABEL))
                .map(labels -> labels.get(LABEL))
                .collect(Collectors.toSet());
        try {
            return client.genericKubernetesResources("karpenter.sh/v1", "NodePool").list().getItems().stream()
                    .filter(pool -> !used.contains(pool.getMetadata().getName()))
                    .flatMap(pool -> of(pool).stream())
                    .toList();
        } catch (KubernetesClientException e) {
            // Not installed, or not to be read: other groups are found all the same.
            LOG.log(System.Logger.Level.DEBUG, "act=nodepools-not-read why=\"{0}\"", e.getMessage());
            return List.of();
        }
    }

    static List<EmptyGroup> of(GenericKubernetesResource pool) {
        String name = pool.getMetadata().getName();
        Map<?, ?> spec = map(pool.getAdditionalProperties().get("spec"));
        Map<?, ?> template = map(spec.get("template"));
        Map<?, ?> node = map(template.get("spec"));
        SortedMap<String, List<String>> allowed = allowed(node.get("requirements"));
        SortedMap<String, String> labels = new TreeMap<>();
        map(map(template.get("metadata")).get("labels")).forEach((key, value) -> labels.put(text(key), text(value)));
        allowed.forEach((key, values) -> {
            if (values.size() == 1) {
                labels.put(key, values.get(0));
            }
        });
        labels.put(LABEL, name);
        List<String> zones = allowed.getOrDefault(ZONE, List.of());
        List<String> capacities = allowed.getOrDefault(CAPACITY, List.of());
        boolean tooMany = (long) Math.max(1, zones.size()) * Math.max(1, capacities.size()) > MOST;
        List<EmptyGroup> groups = new ArrayList<>();
        for (Map<String, String> choice : tooMany ? List.of(Map.<String, String>of()) : choices(zones, capacities)) {
            SortedMap<String, String> all = new TreeMap<>(labels);
            all.putAll(choice);
            groups.add(new EmptyGroup(
                    AUTOSCALER,
                    name,
                    all,
                    taints(node.get("taints")),
                    null,
                    unknown(allowed, all, spec.get("limits"))));
        }
        return groups;
    }

    private static List<Map<String, String>> choices(List<String> zones, List<String> capacities) {
        List<Map<String, String>> choices = new ArrayList<>();
        for (String zone : zones.isEmpty() ? List.of("") : zones) {
            for (String capacity : capacities.isEmpty() ? List.of("") : capacities) {
                Map<String, String> choice = new TreeMap<>();
                if (!zone.isEmpty()) {
                    choice.put(ZONE, zone);
                }
                if (!capacity.isEmpty()) {
                    choice.put(CAPACITY, capacity);
                }
                choices.add(choice);
            }
        }
        return choices;
    }

    private static List<String> unknown(
            Map<String, List<String>> allowed, Map<String, String> labels, @Nullable Object limits) {
        List<String> unknown = new ArrayList<>();
        unknown.add("spec.resources: what a node of it has for pods");
        if (!labels.containsKey(INSTANCE_TYPE)) {
            List<String> types = allowed.getOrDefault(INSTANCE_TYPE, List.of());
            unknown.add(
                    types.isEmpty()
                            ? "spec.labels: which instance type its nodes are (" + INSTANCE_TYPE
                                    + "), for the NodePool allows many, or the smallest shape that may come"
                            : "spec.labels: one of the instance types %s as %s, a pool for each"
                                    .formatted(shortened(types), INSTANCE_TYPE));
        }
        if (!labels.containsKey(CAPACITY)) {
            unknown.add("spec.labels: the capacity type (%s), for the NodePool does not say it".formatted(CAPACITY));
        }
        if (!labels.containsKey(ZONE)) {
            unknown.add("spec.labels: the zone (%s), where one gang's nodes must not be in several".formatted(ZONE));
        }
        unknown.add(
                limits instanceof Map<?, ?> most && !most.isEmpty()
                        ? "spec.maxNodes: how many nodes its limits allow, " + GroupStatuses.shortened(most.toString())
                        : "spec.maxNodes: how many there may be, for the NodePool has no limits");
        return unknown;
    }

    private static String shortened(List<String> types) {
        return GroupStatuses.shortened(String.join(", ", types));
    }

    /** By key the values of which a node has one; requirements of other kinds leave it open. */
    private static SortedMap<String, List<String>> allowed(@Nullable Object requirements) {
        SortedMap<String, List<String>> allowed = new TreeMap<>();
        if (requirements instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> one
                        && "In".equals(one.get("operator"))
                        && one.get("key") instanceof String key
                        && one.get("values") instanceof List<?> values
                        && !values.isEmpty()) {
                    allowed.put(
                            key, values.stream().map(NodePools::text).sorted().toList());
                }
            }
        }
        return allowed;
    }

    private static List<Taint> taints(@Nullable Object sent) {
        List<Taint> taints = new ArrayList<>();
        if (sent instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> one && one.get("key") instanceof String key) {
                    effect(text(one.get("effect")))
                            .forEach(effect -> taints.add(
                                    new Taint(key, one.get("value") == null ? "" : text(one.get("value")), effect)));
                }
            }
        }
        return taints;
    }

    private static List<TaintEffect> effect(String word) {
        return switch (word) {
            case "NoSchedule" -> List.of(TaintEffect.NO_SCHEDULE);
            case "PreferNoSchedule" -> List.of(TaintEffect.PREFER_NO_SCHEDULE);
            case "NoExecute" -> List.of(TaintEffect.NO_EXECUTE);
            default -> List.of();
        };
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
