package dev.muster.kubernetes;

import dev.muster.cluster.WarmNodes;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Pods that do nothing but keep nodes there, each more than half of one, for the cluster's own scheduler: an autoscaler makes nodes for
 * them and removes none that has one. As many as a gang needs go before it comes, and come back when it has had time to be bound. What there is is read
 * from a watch, what is wanted is said again and again. Safe for any thread.
 */
final class Warmth implements AutoCloseable {
    /** A gang that was launched is bound by then; what came back before it would take its room. */
    static final Duration REST = Duration.ofSeconds(30);

    /** What has all the room that it needs has its nodes by then. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final WarmPods shape;
    private final Nodes nodes;
    private final InstantSource clock;
    private final Connections connections;
    private final Informers informers = new Informers();
    private final SharedIndexInformer<Pod> there;
    private final Map<PoolName, Instant> gaveWay = new ConcurrentHashMap<>();
    private final Map<PoolName, Instant> gavePartly = new ConcurrentHashMap<>();

    Warmth(
            KubernetesClient client,
            Installation installation,
            Nodes nodes,
            InstantSource clock,
            Connections connections) {
        this.client = client;
        this.shape = new WarmPods(installation.id(), installation.placeholderImage());
        this.nodes = nodes;
        this.clock = clock;
        this.connections = connections;
        this.there = informers.add(
                client.pods().inAnyNamespace().withLabel(Labels.WARM, installation.id()), pod -> {}, pod -> {});
    }

    void start() {
        informers.start();
    }

    /** True for one of this installation: it takes room from nobody. */
    static boolean isOne(Pod pod, String installation) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && installation.equals(labels.get(Labels.WARM));
    }

    /** {@code unbound}: pools with pods of ours that have no node yet. */
    void keep(String namespace, List<WarmNodes> wanted, Set<PoolName> unbound) {
        if (!informers.areRead()) {
            return;
        }
        Instant late = clock.instant().minus(SOON);
        // What was given was not enough, for whatever reason: then all goes.
        Set<PoolName> wrong = gavePartly.entrySet().stream()
                .filter(one -> one.getValue().isBefore(late))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        gavePartly.keySet().removeAll(wrong);
        wrong.retainAll(unbound);
        if (!wrong.isEmpty()) {
            giveAllWay(wrong);
        }
        Map<PoolName, List<Pod>> present =
                pods().stream().collect(Collectors.groupingBy(Warmth::pool, TreeMap::new, Collectors.toList()));
        List<Runnable> work = new ArrayList<>();
        wanted.forEach(pool -> {
            List<Pod> all = present.getOrDefault(pool.pool(), List.of());
            // One that pulls too little goes; one that has pulled more than is wanted now has done no harm.
            List<Pod> has = all.stream()
                    .filter(pod -> WarmPods.images(pod).containsAll(pool.images()))
                    .toList();
            all.stream().filter(pod -> !has.contains(pod)).forEach(pod -> work.add(() -> delete(pod)));
            present.remove(pool.pool());
            if (has.size() > pool.nodes()) {
                has.stream()
                        .sorted(Comparator.comparing(Warmth::isBound))
                        .limit(has.size() - pool.nodes())
                        .forEach(pod -> work.add(() -> delete(pod)));
            }
            boolean rests =
                    gaveWay.getOrDefault(pool.pool(), Instant.MIN).plus(REST).isAfter(clock.instant());
            // What has to go first keeps its node until then.
            for (int i = all.size(); !rests && i < pool.nodes(); i++) {
                work.add(() -> client.resource(shape.pod(namespace, pool, nodes.declarations()))
                        .create());
            }
        });
        // Pools that nobody names any more.
        present.values().forEach(pods -> pods.forEach(pod -> work.add(() -> delete(pod))));
        connections.all(work, Runnable::run);
    }

    /**
     * Whatever nodes the pods go to, they find room: as many as they need go, and those that have no node yet, which would take it. {@code
     * used}: nodes with pods of ours, of which it is not known here what is left.
     */
    void giveWay(Map<PoolName, WarmRoom> asked, Supplier<Set<NodeName>> used) {
        Map<PoolName, List<Pod>> inTheWay = pods().stream()
                .filter(pod -> asked.containsKey(pool(pod)))
                .collect(Collectors.groupingBy(Warmth::pool));
        if (inTheWay.isEmpty()) {
            return;
        }
        Set<NodeName> taken = used.get();
        List<Pod> go = new ArrayList<>();
        inTheWay.forEach((pool, warm) -> {
            Set<NodeName> held =
                    warm.stream().filter(Warmth::isBound).map(Warmth::node).collect(Collectors.toSet());
            List<Node> empty = nodes.all().stream()
                    .filter(node -> held.contains(node.name()) && !taken.contains(node.name()))
                    .toList();
            Set<NodeName> enough = asked.get(pool).among(empty).orElse(held);
            warm.stream()
                    .filter(pod -> !isBound(pod) || enough.contains(node(pod)))
                    .forEach(go::add);
            gaveWay.put(pool, clock.instant());
            if (enough.size() < held.size()) {
                gavePartly.put(pool, clock.instant());
            }
        });
        connections.all(go, this::delete);
    }

    private void giveAllWay(Set<PoolName> pools) {
        List<Pod> inTheWay =
                pods().stream().filter(pod -> pools.contains(pool(pod))).toList();
        pools.forEach(pool -> gaveWay.put(pool, clock.instant()));
        connections.all(inTheWay, this::delete);
    }

    /** They are not idle: somebody wants them to be there. */
    Set<NodeName> nodes() {
        return pods().stream().filter(Warmth::isBound).map(Warmth::node).collect(Collectors.toSet());
    }

    private List<Pod> pods() {
        return there.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private void delete(Pod pod) {
        client.resource(pod).withGracePeriod(0).delete();
    }

    private static boolean isBound(Pod pod) {
        return pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }

    private static NodeName node(Pod pod) {
        return new NodeName(pod.getSpec().getNodeName());
    }

    private static PoolName pool(Pod pod) {
        return new PoolName(pod.getMetadata().getLabels().getOrDefault(Labels.POOL, "unknown"));
    }

    @Override
    public void close() {
        informers.close();
    }
}
