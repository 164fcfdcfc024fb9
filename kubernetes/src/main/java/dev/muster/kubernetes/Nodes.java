package dev.muster.kubernetes;

import dev.muster.cluster.Autoscaling;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.offering.ProviderGroup;
import dev.muster.quota.offering.StrayNode;
import dev.muster.quota.resource.Resources;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that belong to declared pools, what pods that are not ours take of them, and which nodes are gone. Told by the watches
 * on nodes and foreign pods. Safe for any thread.
 */
final class Nodes {
    /** How many nodes that are gone are remembered. */
    private static final int REMEMBERED = 20_000;

    private final InstantSource clock;
    private final Map<NodeName, NodeFacts> nodes = new TreeMap<>();
    private final Map<String, Foreign> foreign = new HashMap<>();
    private final Map<NodeName, Gone> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeName, Gone> eldest) {
            return size() > REMEMBERED;
        }
    };
    /** As seen at the last look: a node that was used in between begins anew. */
    private final Map<NodeName, Instant> idleSince = new HashMap<>();

    private final Set<NodeName> announced = new HashSet<>();
    private Declarations declarations = Declarations.NONE;
    private @Nullable List<Node> known;

    Nodes(InstantSource clock) {
        this.clock = clock;
    }

    /** A pod that is not ours, on its node. {@code everywhere}: one of those that run on every node. */
    record Foreign(NodeName node, Resources asks, boolean everywhere) {}

    private record Gone(Instant at, boolean takenBack) {}

    synchronized void declare(Declarations declared) {
        declarations = declared;
        known = null;
    }

    synchronized Declarations declarations() {
        return declarations;
    }

    /** True where something about the node has changed that the planner may look at. */
    synchronized boolean seen(NodeFacts node) {
        gone.remove(node.name());
        boolean changed = !node.equals(nodes.put(node.name(), node));
        known = changed ? null : known;
        return changed;
    }

    synchronized void gone(NodeName name) {
        NodeFacts last = nodes.remove(name);
        boolean takenBack =
                announced.remove(name) || (last != null && (last.takenBack() || Interruptions.isSpot(last.labels())));
        gone.put(name, new Gone(clock.instant(), takenBack));
        known = null;
    }

    synchronized boolean seen(String key, Foreign pod) {
        boolean changed = !pod.equals(foreign.put(key, pod));
        if (!pod.everywhere()) {
            idleSince.remove(pod.node());
        }
        known = changed ? null : known;
        return changed;
    }

    synchronized boolean foreignGone(String key) {
        boolean changed = foreign.remove(key) != null;
        known = changed ? null : known;
        return changed;
    }

    /** The node was there and is not any more. */
    synchronized boolean isGone(NodeName name) {
        return gone.containsKey(name);
    }

    synchronized boolean isKnown(NodeName name) {
        return nodes.containsKey(name) || gone.containsKey(name);
    }

    synchronized @Nullable Instant goneAt(NodeName name) {
        Gone then = gone.get(name);
        return then == null ? null : then.at();
    }

    /** Somebody else than the node itself has said that the provider takes it back. */
    synchronized void announce(NodeName name) {
        announced.add(name);
    }

    /** The provider has taken it back, or says that it will. */
    synchronized boolean isTakenBack(NodeName name) {
        NodeFacts node = nodes.get(name);
        Gone then = gone.get(name);
        return announced.contains(name) || (node != null && node.takenBack()) || (then != null && then.takenBack());
    }

    /** Those that are there of which their provider has said so. */
    synchronized Set<NodeName> takenBack() {
        return nodes.values().stream()
                .filter(node -> node.takenBack() || announced.contains(node.name()))
                .map(NodeFacts::name)
                .collect(Collectors.toSet());
    }

    synchronized List<Node> all() {
        if (known == null) {
            known = make();
        }
        return Objects.requireNonNull(known);
    }

    /** Ready nodes of pools with nothing on them but what runs everywhere; {@code ours}: those that have pods of ours. */
    synchronized List<Autoscaling.IdleNode> idle(Set<NodeName> ours) {
        Set<NodeName> used = new HashSet<>(ours);
        foreign.values().stream()
                .filter(pod -> !pod.everywhere())
                .map(Foreign::node)
                .forEach(used::add);
        Instant now = clock.instant();
        List<Autoscaling.IdleNode> idle = new ArrayList<>();
        for (Node node : all()) {
            NodeFacts facts = nodes.get(node.name());
            if (node.ready() && !used.contains(node.name()) && facts != null && !facts.leaving()) {
                idle.add(new Autoscaling.IdleNode(
                        node.name(),
                        node.pool(),
                        ProviderGroup.of(node.labels()).map(ProviderGroup::name).orElse(""),
                        idleSince.getOrDefault(node.name(), now)));
            }
        }
        idleSince.clear();
        idle.forEach(node -> idleSince.put(node.node(), node.since()));
        return idle;
    }

    /** Those that belong to no declared pool. */
    synchronized List<StrayNode> strays() {
        return nodes.values().stream()
                .filter(node -> declarations.poolOf(node.labels()).isEmpty())
                .map(node -> new StrayNode(
                        node.name(), node.labels(), node.taints(), node.allocatable(), node.maxPods(), node.ready()))
                .toList();
    }

    private List<Node> make() {
        Map<NodeName, Resources> taken = new HashMap<>();
        Map<NodeName, Integer> pods = new HashMap<>();
        foreign.values().forEach(pod -> {
            taken.merge(pod.node(), pod.asks(), Resources::plus);
            pods.merge(pod.node(), 1, Integer::sum);
        });
        List<Node> all = new ArrayList<>();
        for (NodeFacts node : nodes.values()) {
            declarations
                    .poolOf(node.labels())
                    .ifPresent(pool -> all.add(new Node(
                            node.name(),
                            pool,
                            node.labels(),
                            node.taints(),
                            node.allocatable(),
                            taken.getOrDefault(node.name(), Resources.NONE),
                            node.maxPods(),
                            pods.getOrDefault(node.name(), 0),
                            node.ready())));
        }
        return List.copyOf(all);
    }
}
