package dev.muster.kubernetes;

import dev.muster.cluster.Gang;
import dev.muster.cluster.WarmNodes;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.priority.PriorityClasses;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
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
import java.util.stream.Collectors;

/**
 * Pods that do nothing but keep nodes there, each more than half of one, for the cluster's own scheduler: an autoscaler makes nodes for
 * them and removes none that has one. They go before a gang comes, and come back when it has had time to be bound. What there is is read
 * from a watch, what is wanted is said again and again. Safe for any thread.
 */
final class Warmth implements AutoCloseable {
    /** A gang that was launched is bound by then; what came back before it would take its room. */
    static final Duration REST = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String installation;
    private final String image;
    private final Nodes nodes;
    private final InstantSource clock;
    private final Connections connections;
    private final Informers informers = new Informers();
    private final SharedIndexInformer<Pod> there;
    private final Map<PoolName, Instant> gaveWay = new ConcurrentHashMap<>();

    Warmth(
            KubernetesClient client,
            Installation installation,
            Nodes nodes,
            InstantSource clock,
            Connections connections) {
        this.client = client;
        this.installation = installation.id();
        this.image = installation.placeholderImage();
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

    void keep(String namespace, List<WarmNodes> wanted) {
        if (!informers.areRead()) {
            return;
        }
        Map<PoolName, List<Pod>> present =
                pods().stream().collect(Collectors.groupingBy(Warmth::pool, TreeMap::new, Collectors.toList()));
        List<Runnable> work = new ArrayList<>();
        wanted.forEach(pool -> {
            List<Pod> has = present.getOrDefault(pool.pool(), List.of());
            present.remove(pool.pool());
            if (has.size() > pool.nodes()) {
                has.stream()
                        .sorted(Comparator.comparing(Warmth::isBound))
                        .limit(has.size() - pool.nodes())
                        .forEach(pod -> work.add(() -> delete(pod)));
            }
            boolean rests =
                    gaveWay.getOrDefault(pool.pool(), Instant.MIN).plus(REST).isAfter(clock.instant());
            for (int i = has.size(); !rests && i < pool.nodes(); i++) {
                work.add(() -> client.resource(pod(namespace, pool)).create());
            }
        });
        // Pools that nobody names any more.
        present.values().forEach(pods -> pods.forEach(pod -> work.add(() -> delete(pod))));
        connections.all(work, Runnable::run);
    }

    /** Whatever node a pod of the gang goes to in these pools, nothing of ours is in its way. */
    void giveWay(Set<PoolName> pools) {
        List<Pod> inTheWay =
                pods().stream().filter(pod -> pools.contains(pool(pod))).toList();
        if (!inTheWay.isEmpty()) {
            pools.forEach(pool -> gaveWay.put(pool, clock.instant()));
            connections.all(inTheWay, this::delete);
        }
    }

    static Set<PoolName> pools(Gang gang) {
        return gang.members().stream()
                .flatMap(member -> member.pools().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** They are not idle: somebody wants them to be there. */
    Set<NodeName> nodes() {
        return pods().stream()
                .filter(Warmth::isBound)
                .map(pod -> new NodeName(pod.getSpec().getNodeName()))
                .collect(Collectors.toSet());
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

    private static PoolName pool(Pod pod) {
        return new PoolName(pod.getMetadata().getLabels().getOrDefault(Labels.POOL, "unknown"));
    }

    private Pod pod(String namespace, WarmNodes pool) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName("muster-warm-" + pool.pool() + "-")
                .withNamespace(namespace)
                .addToLabels(Labels.WARM, installation)
                .addToLabels(Labels.POOL, pool.pool().value())
                .endMetadata()
                .withNewSpec()
                .withSchedulerName(Manifests.CLUSTERS_OWN_SCHEDULER)
                .withPriorityClassName(PriorityClasses.DEFAULT.value())
                .withTerminationGracePeriodSeconds(0L)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withAffinity(Affinities.of(nodes.declarations().affinity(pool.pool())))
                .withTolerations(pool.tolerations().stream().map(Affinities::of).toList())
                .addNewContainer()
                .withName("warm")
                .withImage(image)
                .withNewResources()
                .withRequests(Quantities.of(pool.each()))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        informers.close();
    }
}
