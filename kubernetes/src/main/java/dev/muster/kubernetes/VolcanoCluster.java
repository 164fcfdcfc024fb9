package dev.muster.kubernetes;

import dev.muster.cluster.Autoscaling;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PageAnswer;
import dev.muster.cluster.PageRequest;
import dev.muster.cluster.PodDoor;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodUse;
import dev.muster.cluster.WarmNodes;
import dev.muster.kubernetes.autoscaler.AutoscalerWatch;
import dev.muster.kubernetes.autoscaler.NodePools;
import dev.muster.kubernetes.log.Logs;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.EmptyGroup;
import dev.muster.quota.offering.StrayNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gangs as PodGroups and bare pods on Kubernetes; Volcano binds them whole. What is there is told by watches, never asked for in a
 * loop; what is written may be written twice. Reads fail until the watches have read everything once.
 */
public final class VolcanoCluster implements Cluster, AutoCloseable {
    private final List<Consumer<Optional<AttemptId>>> listeners = new CopyOnWriteArrayList<>();
    private final KubernetesClient client;
    private final Installation installation;
    private final InstantSource clock;
    private final ClusterClock clusterClock;
    private final Nodes nodes;
    private final Sightings sightings;
    private final Watches watches;
    private final Launches launches;
    private final Endings endings;
    private final Connections connections;
    private final int atOnce;
    private final Logs logs;
    private final PodPages pages;
    private final PodDoors doors;
    private final Warmth warmth;
    private final Placeholders placeholders;
    private final Forerunners forerunners;
    private final AutoscalerWatch autoscaler;
    private final Executors executors;

    private VolcanoCluster(KubernetesClient client, Installation installation, InstantSource clock, int connections) {
        this.client = client;
        this.installation = installation;
        this.clock = clock;
        this.clusterClock = new ClusterClock(clock);
        this.nodes = new Nodes(clock);
        this.sightings = new Sightings(nodes, clock, clusterClock, this::askForPods);
        this.connections = new Connections(connections);
        this.atOnce = connections;
        this.logs = new Logs(client);
        this.pages = new PodPages(client);
        this.doors = new PodDoors(client);
        this.warmth = new Warmth(client, installation, nodes, clock, this.connections);
        this.placeholders = new Placeholders(sightings, this::launch, this::end);
        Requests requests = new Requests(client, installation.id(), connections);
        this.endings = new Endings(requests, this.connections, sightings, placeholders, nodes, this::changed);
        this.launches = new Launches(
                requests,
                this.connections,
                sightings,
                placeholders,
                endings,
                clock,
                clusterClock,
                this::manifests,
                this::changed);
        this.forerunners = new Forerunners(sightings, nodes, requests, this.connections, this::manifests, this::end);
        this.autoscaler = new AutoscalerWatch(client, clock, this::refused, this::announce);
        this.executors = new Executors(client, sightings, nodes, installation.id(), this.connections, this::changed);
        this.watches = new Watches(
                client,
                installation.id(),
                nodes,
                sightings,
                new Watches.Heard(
                        this::changed,
                        this::nodesChanged,
                        endings::meet,
                        endings::meet,
                        placeholders::seen,
                        key -> placeholders.gone(key).ifPresent(this::changed),
                        forerunners::seen,
                        forerunners::gone));
    }

    /**
     * Begins to watch. At most {@code connections} writes are under way at once. The client stays the caller's, who closes it
     * after the cluster.
     */
    public static VolcanoCluster open(
            KubernetesClient client, Installation installation, InstantSource clock, int connections) {
        VolcanoCluster cluster = new VolcanoCluster(client, installation, clock, connections);
        cluster.watches.start();
        cluster.executors.start();
        cluster.warmth.start();
        cluster.autoscaler.start();
        return cluster;
    }

    /** Pods that the leader of a gang makes are taken in only while this says so. */
    public void leadWhile(BooleanSupplier leads) {
        executors.leadWhile(leads);
    }

    /** The same on a connection that is shared. */
    public static VolcanoCluster open(
            KubernetesConnection connection, Installation installation, InstantSource clock, int connections) {
        return open(connection.client(), installation, clock, connections);
    }

    /** What a node's pool and a team's place are, from now on. */
    public void declare(Declarations declarations) {
        nodes.declare(declarations);
        if (clusterClock.isUnknown()) {
            declarations.teams().values().stream()
                    .findFirst()
                    .ifPresent(place -> clusterClock.ask(client, place.namespace()));
        }
        nodesChanged();
    }

    /** What holds for nodes of a pool, as it is declared now. */
    public NodeAffinity nodesOf(PoolName pool) {
        return nodes.declarations().affinity(pool);
    }

    /** Whether everything has been read once; until then every question fails. */
    public boolean isReady() {
        return watches.areSynced() && executors.areSynced();
    }

    @Override
    public List<Node> nodes() {
        requireReady();
        return nodes.all();
    }

    @Override
    public Set<NodeName> takenBack() {
        requireReady();
        forerunners.look();
        return nodes.takenBack();
    }

    @Override
    public void askAhead(Gang gang, Set<PodRef> pods) {
        requireReady();
        forerunners.ask(gang, pods);
    }

    private void announce(NodeName node) {
        nodes.announce(node);
        nodesChanged();
    }

    @Override
    public List<StrayNode> strays() {
        requireReady();
        return nodes.strays();
    }

    @Override
    public void launch(Gang gang) {
        requireReady();
        if (!sightings.hasStarted(gang.id())) {
            makeRoom(gang);
        }
        launches.launch(gang);
    }

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {
        requireReady();
        if (sightings.group(gang.id()).isPresent() && !sightings.isLetGo(gang.id())) {
            executors.grow(
                    gang.id(),
                    pods.stream().filter(pod -> pod.template().isMadeByLeader()).toList());
        }
        warmth.giveWay(WarmRoom.of(pods), sightings::usedNodes);
        launches.grow(
                gang,
                pods.stream().filter(pod -> !pod.template().isMadeByLeader()).toList());
    }

    @Override
    public void replace(Gang gang, Set<PodRef> lost) {
        requireReady();
        makeRoom(gang);
        launches.replace(gang, lost);
    }

    @Override
    public void move(Gang gang) {
        requireReady();
        launches.move(gang);
    }

    @Override
    public void shrink(AttemptId attempt, Set<PodRef> pods) {
        requireReady();
        endings.shrink(attempt, pods);
        executors.shrink(attempt, pods);
    }

    @Override
    public void release(AttemptId attempt) {
        requireReady();
        endings.release(attempt);
        executors.end(attempt);
        forerunners.end(attempt);
    }

    @Override
    public void release(AttemptId attempt, Duration grace) {
        requireReady();
        endings.release(attempt, grace);
        executors.end(attempt);
        forerunners.end(attempt);
    }

    private void end(PodFacts placeholder) {
        endings.end(placeholder);
    }

    /** A watch that lags, or a hand that deleted pods while nobody looked: only the API server knows which. */
    private void askForPods(GroupFacts group) {
        connections.later(() -> {
            try {
                List<Pod> there = client.pods()
                        .inNamespace(group.namespace())
                        .withLabel(Labels.INSTALLATION, installation.id())
                        .withLabel(Labels.ATTEMPT, ObjectNames.of(group.attempt()))
                        .list()
                        .getItems();
                sightings.answered(
                        group,
                        there.stream()
                                .filter(pod -> !Watches.isPlaceholder(pod))
                                .flatMap(pod -> PodFacts.of(pod, nodes::isTakenBack).stream())
                                .toList());
            } catch (KubernetesClientException e) {
                sightings.notAnswered(group.attempt());
            }
            changed(group.attempt());
        });
    }

    @Override
    public Optional<String> lastWord(PodRef pod) {
        requireReady();
        return sightings.pod(pod).map(PodFacts::lastWord);
    }

    @Override
    public Set<AttemptId> attempts() {
        requireReady();
        return sightings.attempts();
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        requireReady();
        return sightings
                .status(attempt)
                .map(status -> status.refused(autoscaler
                        .refusal(sightings.lacking(attempt).map(PodFacts::uid).toList())
                        .orElse(null)))
                .map(status -> sightings
                        .group(attempt)
                        .filter(group -> !group.madeByLeader().isEmpty())
                        .map(group -> status.wanting(executors.unplaced(attempt)))
                        .orElse(status));
    }

    /** No node comes for the pod with that uid: its gang is looked at when that has settled. */
    private void refused(String uid) {
        long millis = AutoscalerWatch.SETTLED.plusMillis(100).toMillis();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                .execute(() -> sightings.attemptOfPlaceholder(uid).ifPresent(this::changed));
    }

    @Override
    public Autoscaling autoscaling() {
        requireReady();
        Set<NodeName> used = new HashSet<>(sightings.usedNodes());
        used.addAll(warmth.nodes());
        return autoscaler.look(nodes.idle(used));
    }

    @Override
    public Optional<List<PodUse>> use() {
        requireReady();
        return PodMetrics.read(client, installation.id(), sightings::pod);
    }

    @Override
    public List<EmptyGroup> emptyGroups() {
        requireReady();
        Stream<Map<String, String>> labels = Stream.concat(
                nodes.all().stream().map(Node::labels), nodes.strays().stream().map(StrayNode::labels));
        return Stream.concat(autoscaler.emptyGroups().stream(), NodePools.empty(client, labels).stream())
                .toList();
    }

    @Override
    public void onChange(Consumer<Optional<AttemptId>> listener) {
        listeners.add(listener);
    }

    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Bad piece of output, offset %d and limit %d: expected 0 or more, and 1 or more"
                            .formatted(offset, limit));
        }
        requireReady();
        return sightings
                .pod(pod)
                .map(known -> known.isBound()
                        ? logs.read(known.output(), offset, limit)
                        : new LogChunk(offset, new byte[0], known.output().over()))
                .orElseGet(() -> new LogChunk(offset, new byte[0], false));
    }

    @Override
    public void keepWarm(List<WarmNodes> wanted) {
        requireReady();
        warmth.keep(installation.namespace(), wanted, sightings.poolsOfUnbound());
    }

    @Override
    public void makeRoom(Gang gang) {
        warmth.giveWay(WarmRoom.of(gang), sightings::usedNodes);
    }

    @Override
    public Optional<PageAnswer> page(PodRef pod, PageRequest request) {
        requireReady();
        return sightings
                .pod(pod)
                .filter(known -> known.status().phase() == PodPhase.RUNNING)
                .flatMap(known -> pages.ask(known.namespace(), known.name(), request));
    }

    @Override
    public Optional<PodDoor> door(PodRef pod, int port) {
        requireReady();
        return sightings
                .pod(pod)
                .filter(known -> known.status().phase() == PodPhase.RUNNING)
                .map(known -> doors.of(known.namespace(), known.name(), port));
    }

    /** A gang has one request under way while its PodGroup and its service are made: others fill the connections meanwhile. */
    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        autoscaler.close();
        executors.close();
        logs.close();
        warmth.close();
        watches.close();
        placeholders.close();
        connections.close();
    }

    private Manifests manifests() {
        return new Manifests(installation, nodes.declarations());
    }

    private void requireReady() {
        if (!watches.areSynced()) {
            throw new ClusterUnavailable("The cluster has not been read yet", null);
        }
    }

    private void changed(AttemptId attempt) {
        listeners.forEach(listener -> listener.accept(Optional.of(attempt)));
    }

    private void nodesChanged() {
        listeners.forEach(listener -> listener.accept(Optional.empty()));
    }
}
