package dev.muster.quota.offering;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pool that could be declared for nodes that belong to none: one for each group of the provider, zone, capacity type and
 * instance type, so that Muster and not the autoscaler chooses between them. {@code labels} tell its nodes from all others; empty
 * where no label does, and then the nodes must be labelled first.
 */
public record PoolProposal(
        PoolName name,
        SortedMap<String, String> labels,
        List<Taint> taints,
        Resources resources,
        int maxPods,
        List<NodeName> nodes) {
    /** Nobody's jobs run there. */
    private static final Set<String> CONTROL =
            Set.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    /** Taints that come and go with the state of a node. */
    private static final List<String> PASSING = List.of(
            "node.kubernetes.io/",
            "node.cloudprovider.kubernetes.io/",
            "karpenter.sh/",
            "aws-node-termination-handler/",
            "cloud.google.com/impending-node-termination",
            "ToBeDeletedByClusterAutoscaler",
            "DeletionCandidateOfClusterAutoscaler");

    private static final int LONGEST = 50;

    public PoolProposal {
        labels = new TreeMap<>(labels);
        taints = List.copyOf(taints);
        nodes = List.copyOf(nodes);
    }

    /** In the order of their names; {@code taken} are names of pools that are there. */
    public static List<PoolProposal> of(Collection<StrayNode> strays, Set<PoolName> taken) {
        Map<SortedMap<String, String>, List<StrayNode>> groups = new LinkedHashMap<>();
        strays.stream()
                .filter(node -> node.taints().stream().noneMatch(taint -> CONTROL.contains(taint.key())))
                .sorted(Comparator.comparing(StrayNode::name))
                .forEach(node -> groups.computeIfAbsent(distinctive(node.labels()), labels -> new ArrayList<>())
                        .add(node));
        Set<PoolName> names = new HashSet<>(taken);
        return groups.entrySet().stream()
                .sorted(Comparator.comparing(group -> called(group.getKey())))
                .map(group -> of(free(called(group.getKey()), names), group.getKey(), group.getValue()))
                .sorted(Comparator.comparing(PoolProposal::name))
                .toList();
    }

    /** A pool that may come: what is not known of it has to be filled in. */
    public record Empty(PoolName name, EmptyGroup group) {}

    /** Groups without a node that no declared pool takes; {@code taken} are names that are used, {@code declared} labels of pools. */
    public static List<Empty> ofEmpty(
            Collection<EmptyGroup> groups, Set<PoolName> taken, Collection<Map<String, String>> declared) {
        Set<PoolName> names = new HashSet<>(taken);
        return groups.stream()
                .filter(group -> declared.stream().noneMatch(group::isTakenBy))
                .sorted(Comparator.comparing(EmptyGroup::name)
                        .thenComparing(group -> group.labels().toString()))
                .map(group -> new Empty(free(called(group), names), group))
                .toList();
    }

    private static String called(EmptyGroup group) {
        // Of an address the last part is the name.
        String last = group.name().substring(group.name().lastIndexOf('/') + 1);
        String capacity =
                OfferingLabels.capacity(group.labels()) == CapacityType.SPOT && !last.contains("spot") ? "spot" : "";
        return safe(Stream.of(last, OfferingLabels.zone(group.labels()), capacity)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-")));
    }

    /** The pool holds what its smallest node holds: a larger one is no worse. */
    private static PoolProposal of(PoolName name, SortedMap<String, String> labels, List<StrayNode> nodes) {
        List<StrayNode> ready = nodes.stream().filter(StrayNode::ready).toList();
        StrayNode like = (ready.isEmpty() ? nodes : ready)
                .stream()
                        .min(Comparator.comparingLong(
                                        (StrayNode node) -> node.allocatable().amount(Resources.CPU))
                                .thenComparingLong(node -> node.allocatable().amount(Resources.MEMORY))
                                .thenComparing(StrayNode::name))
                        .orElseThrow();
        return new PoolProposal(
                name,
                labels,
                like.taints().stream()
                        .filter(taint -> PASSING.stream().noneMatch(taint.key()::startsWith))
                        .toList(),
                like.allocatable(),
                Math.max(1, like.maxPods()),
                nodes.stream().map(StrayNode::name).toList());
    }

    private static SortedMap<String, String> distinctive(Map<String, String> labels) {
        SortedMap<String, String> found = new TreeMap<>(OfferingLabels.said(labels));
        ProviderGroup.of(labels).ifPresent(group -> found.put(group.label(), group.name()));
        return found;
    }

    private static String called(SortedMap<String, String> labels) {
        String group =
                ProviderGroup.of(labels).map(ProviderGroup::name).orElseGet(() -> OfferingLabels.instanceType(labels));
        String capacity = OfferingLabels.capacity(labels) == CapacityType.SPOT && !group.contains("spot") ? "spot" : "";
        boolean alone = ProviderGroup.of(labels).isEmpty();
        String name = Stream.of(
                        group, alone ? "" : OfferingLabels.instanceType(labels), OfferingLabels.zone(labels), capacity)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
        return safe(name);
    }

    private static String safe(String name) {
        String safe = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
        String trimmed = cut.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "nodes" : trimmed;
    }

    private static PoolName free(String wanted, Set<PoolName> names) {
        PoolName name = new PoolName(wanted);
        for (int number = 2; !names.add(name); number++) {
            name = new PoolName(wanted + "-" + number);
        }
        return name;
    }
}
