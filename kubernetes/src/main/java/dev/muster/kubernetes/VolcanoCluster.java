package dev.muster.kubernetes;

import dev.muster.cluster.Autoscaling;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.kubernetes.autoscaler.AutoscalerWatch;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.offering.StrayNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.volcano.api.model.scheduling.v1beta1.PodGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    private final Requests requests;
    private final Connections connections;
    private final int atOnce;
    private final Logs logs;
    private final Placeholders placeholders;
    private final AutoscalerWatch autoscaler;

    private VolcanoCluster(KubernetesClient client, Installation installation, InstantSource clock, int connections) {
        this.client = client;
        this.installation = installation;
        this.clock = clock;
        this.clusterClock = new ClusterClock(clock);
        this.nodes = new Nodes(clock);
        this.sightings = new Sightings(nodes, clock, clusterClock, this::askForPods);
        this.requests = new Requests(client, installation.id(), connections);
        this.connections = new Connections(connections);
        this.atOnce = connections;
        this.logs = new Logs(client);
        this.placeholders = new Placeholders(sightings, this::launch, this::end);
        this.autoscaler = new AutoscalerWatch(client, clock, this::refused, nodes::announce);
        this.watches = new Watches(
                client,
                installation.id(),
                nodes,
                sightings,
                new Watches.Heard(
                        this::changed,
                        this::nodesChanged,
                        this::meet,
                        this::meet,
                        placeholders::seen,
                        key -> placeholders.gone(key).ifPresent(this::changed)));
    }

    /**
     * Begins to watch. At most {@code connections} writes are under way at once. The client stays the caller's, who closes it
     * after the cluster.
     */
    public static VolcanoCluster open(
            KubernetesClient client, Installation installation, InstantSource clock, int connections) {
        VolcanoCluster cluster = new VolcanoCluster(client, installation, clock, connections);
        cluster.watches.start();
        cluster.autoscaler.start();
        return cluster;
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
        return watches.areSynced();
    }

    @Override
    public List<Node> nodes() {
        requireReady();
        return nodes.all();
    }

    @Override
    public List<StrayNode> strays() {
        requireReady();
        return nodes.strays();
    }

    @Override
    public void launch(Gang gang) {
        requireReady();
        if (sightings.isLetGo(gang.id())) {
            return;
        }
        if (isWhole(gang.id())) {
            placeholders.end(gang.id());
            return;
        }
        Manifests manifests = manifests();
        PodGroup wanted = manifests.podGroup(gang);
        // Made before anything is written: a gang that cannot be described leaves nothing behind.
        List<Pod> pods = manifests.pods(gang, wanted);
        PodGroup group = group(gang, wanted);
        GroupFacts facts = GroupFacts.of(group)
                .orElseThrow(() -> new IllegalArgumentException(
                        "PodGroup %s is not as Muster made it: its annotation %s cannot be read; remove it"
                                .formatted(group.getMetadata().getName(), Labels.GANG)));
        if (facts.going()) {
            throw new ClusterUnavailable("PodGroup %s is being removed".formatted(facts.name()), null);
        }
        sightings.groupMade(facts);
        if (facts.started()) {
            placeholders.end(gang.id());
            return;
        }
        if (gang.waitsForNodes() && sightings.seen(gang.id()).isEmpty() && !placeholders.haveRoomFor(gang)) {
            connections.all(placeholders.missing(manifests.placeholders(gang, group)), requests::create);
            changed(gang.id());
            return;
        }
        if (gang.pods() > 1) {
            requests.create(manifests.service(gang, group));
        }
        Set<PodRef> seen = sightings.seen(gang.id());
        List<Pod> missing = pods.stream()
                .filter(pod -> PodFacts.refOf(pod).filter(seen::contains).isEmpty())
                .toList();
        missing.forEach(pod -> Manifests.own(pod, group));
        connections.all(missing, requests::create);
        // Its pods wait for the room by now: nobody else gets it in between.
        placeholders.end(gang.id());
        changed(gang.id());
    }

    private PodGroup group(Gang gang, PodGroup wanted) {
        Instant asked = clock.instant();
        PodGroup group = requests.create(wanted);
        if (group.getStatus() == null && group.getMetadata().getCreationTimestamp() != null) {
            Instant made = PodView.instant(group.getMetadata().getCreationTimestamp());
            boolean now = sightings.group(gang.id()).isEmpty();
            if (now) {
                clusterClock.heard(asked, made);
            }
        }
        return group;
    }

    /** Nothing of the gang is missing, or it has started and what is missing was there. */
    private boolean isWhole(AttemptId attempt) {
        Optional<GroupFacts> group = sightings.group(attempt);
        return sightings.hasStarted(attempt)
                || group.filter(known -> known.shape().slots(attempt).stream()
                                .map(GangShape.Slot::pod)
                                .allMatch(sightings.seen(attempt)::contains))
                        .isPresent();
    }

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {
        requireReady();
        Optional<GroupFacts> known = sightings.group(gang.id());
        if (known.isEmpty() || sightings.isLetGo(gang.id())) {
            return;
        }
        Manifests manifests = manifests();
        PodGroup owner = manifests.podGroup(gang);
        owner.getMetadata().setUid(known.get().uid());
        Set<PodRef> seen = sightings.seen(gang.id());
        List<Pod> missing = pods.stream()
                .filter(pod -> !seen.contains(pod.of(gang.id())))
                .map(pod -> manifests.elasticPod(gang, owner, pod))
                .toList();
        if (!missing.isEmpty()) {
            // A gang of one pod has had no need of it so far.
            requests.create(manifests.service(gang, owner));
        }
        connections.all(missing, requests::create);
    }

    @Override
    public void shrink(AttemptId attempt, Set<PodRef> pods) {
        requireReady();
        Optional<GangShape> shape = sightings.group(attempt).map(GroupFacts::shape);
        for (PodRef pod : pods) {
            boolean own = shape.map(gang -> pod.index() < gang.pods(pod.role()))
                    .orElseGet(() ->
                            sightings.pod(pod).filter(known -> !known.elastic()).isPresent());
            if (own) {
                throw new IllegalArgumentException(
                        "Pod %s belongs to the gang itself: only pods above the minimum may be ended alone"
                                .formatted(pod));
            }
        }
        sightings.shrinks(attempt, pods);
        connections.all(
                pods.stream()
                        .flatMap(pod -> sightings.pod(pod).stream())
                        .filter(pod -> !pod.going())
                        .toList(),
                this::end);
    }

    @Override
    public void release(AttemptId attempt) {
        requireReady();
        sightings.letGo(attempt, Optional.empty());
        // The group first: without it Volcano binds no pod of it any more. What is left behind, Kubernetes removes with
        // it.
        sightings.group(attempt).filter(group -> !group.going()).ifPresent(this::end);
        connections.all(sightings.pods(attempt).stream().filter(this::isToEnd).toList(), this::end);
        placeholders.end(attempt);
    }

    /** The pods first: of what is left behind by a group that is gone Kubernetes ends each in the time that it was made with. */
    @Override
    public void release(AttemptId attempt, Duration grace) {
        requireReady();
        long seconds = grace.plusMillis(999).toSeconds();
        sightings.letGo(attempt, Optional.of(seconds));
        connections.all(sightings.pods(attempt).stream().filter(this::isToEnd).toList(), pod -> end(pod, seconds));
        placeholders.end(attempt);
        sightings.group(attempt).filter(group -> !group.going()).ifPresent(this::end);
    }

    private boolean isToEnd(PodFacts pod) {
        return !pod.going() || isStranded(pod);
    }

    /** Nobody is left on its node who could say that it has ended. */
    private boolean isStranded(PodFacts pod) {
        return pod.status().node() != null && nodes.isGone(pod.status().node());
    }

    private void end(PodFacts pod) {
        end(pod, null);
    }

    /** {@code grace} in seconds, null: its own. */
    private void end(PodFacts pod, @Nullable Long grace) {
        if (!requests.delete(pod.path(), pod.uid(), isStranded(pod) ? Long.valueOf(0) : grace)) {
            if (sightings.isPlaceholder(pod.namespace() + "/" + pod.name())) {
                placeholders.gone(pod.namespace() + "/" + pod.name()).ifPresent(this::changed);
                return;
            }
            sightings
                    .podGone(pod.namespace() + "/" + pod.name(), Optional.empty())
                    .ifPresent(this::changed);
        }
    }

    private void end(GroupFacts group) {
        if (!requests.delete(group.path(), group.uid(), null)) {
            sightings.groupGone(group.namespace() + "/" + group.name()).ifPresent(this::changed);
        }
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
                                .flatMap(pod -> PodFacts.of(pod, nodes::isTakenBack).stream())
                                .toList());
            } catch (KubernetesClientException e) {
                sightings.notAnswered(group.attempt());
            }
            changed(group.attempt());
        });
    }

    /** A late writer may have made it after its attempt was let go: it goes again at once. */
    private void meet(PodFacts pod) {
        if (sightings.isLetGo(pod.ref().attempt()) && !pod.going()) {
            connections.later(() -> end(pod, sightings.grace(pod.ref().attempt())));
        }
    }

    private void meet(GroupFacts group) {
        if (sightings.isLetGo(group.attempt()) && !group.going()) {
            connections.later(() -> {
                Long grace = sightings.grace(group.attempt());
                if (grace != null) {
                    sightings.pods(group.attempt()).stream()
                            .filter(this::isToEnd)
                            .forEach(pod -> end(pod, grace));
                }
                end(group);
            });
        }
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
                        .orElse(null)));
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
        return autoscaler.look(nodes.idle(sightings.usedNodes()));
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
                .map(known -> logs.read(known, offset, limit))
                .orElseGet(() -> new LogChunk(offset, new byte[0], false));
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
