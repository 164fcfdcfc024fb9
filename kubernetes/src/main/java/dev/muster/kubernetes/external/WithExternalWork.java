package dev.muster.kubernetes.external;

import dev.muster.admission.Marks;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterAround;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cluster.ElasticPod;
import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.cluster.Gang;
import dev.muster.cluster.GangStatus;
import dev.muster.cluster.LogChunk;
import dev.muster.cluster.PodRef;
import dev.muster.kubernetes.PodView;
import dev.muster.kubernetes.log.LogSource;
import dev.muster.kubernetes.log.Logs;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A cluster that also runs what was created past Muster, each kind by its own means; all else it hands on. */
public final class WithExternalWork extends ClusterAround implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WithExternalWork.class.getName());

    private final Cluster cluster;
    private final Seen seen;
    private final Map<ExternalRef.Kind, ExternalKind> kinds = new EnumMap<>(ExternalRef.Kind.class);
    private final VolcanoJobs volcanoJobs;
    private final SparkApplications applications;
    private final Logs logs;
    private final List<Consumer<Optional<AttemptId>>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ExecutorService later = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "muster-external");
        thread.setDaemon(true);
        return thread;
    });

    private WithExternalWork(
            Cluster cluster, KubernetesClient client, String installation, Function<PoolName, NodeAffinity> nodesOf) {
        super(cluster);
        this.cluster = cluster;
        this.logs = new Logs(client);
        this.seen = new Seen(client, this::heard);
        Patches patches = new Patches(client);
        Statuses statuses = new Statuses(this::pools);
        Pinning pinning = new Pinning(nodesOf);
        this.volcanoJobs = new VolcanoJobs(seen, patches, statuses, pinning, installation);
        this.applications = new SparkApplications(seen, patches, cluster);
        kinds.put(ExternalRef.Kind.SPARK_APPLICATION, applications);
        kinds.put(ExternalRef.Kind.JOB, new Jobs(seen, patches, statuses, pinning, installation));
        kinds.put(ExternalRef.Kind.VOLCANO_JOB, volcanoJobs);
        kinds.put(ExternalRef.Kind.PODS, new PodGangs(seen, patches, statuses, pinning, installation, cluster::now));
    }

    /** Begins to watch. The client stays the caller's. {@code nodesOf}: what holds for nodes of a pool. */
    public static WithExternalWork open(
            Cluster cluster, KubernetesClient client, String installation, Function<PoolName, NodeAffinity> nodesOf) {
        WithExternalWork made = new WithExternalWork(cluster, client, installation, nodesOf);
        made.seen.start();
        made.lookForOperator();
        return made;
    }

    @Override
    public List<ExternalWork> external() {
        requireReady();
        lookForOperator();
        return kinds.values().stream().flatMap(kind -> kind.present().stream()).toList();
    }

    @Override
    public void discard(ExternalRef ref) {
        requireReady();
        kind(ref).discard(ref);
    }

    @Override
    public void launch(Gang gang) {
        Optional<ExternalRef> ref = refOf(gang);
        if (ref.isEmpty()) {
            cluster.launch(gang);
            return;
        }
        requireReady();
        cluster.makeRoom(gang);
        kind(ref.get()).launch(ref.get(), gang);
    }

    /** Nobody asks for nodes for what was created past Muster but its own controllers. */
    @Override
    public void askAhead(Gang gang, Set<PodRef> pods) {
        if (refOf(gang).isEmpty()) {
            cluster.askAhead(gang, pods);
        }
    }

    @Override
    public void grow(Gang gang, List<ElasticPod> pods) {
        if (refOf(gang)
                .filter(ref -> ref.kind() != ExternalRef.Kind.SPARK_APPLICATION)
                .isEmpty()) {
            cluster.grow(gang, pods);
        }
    }

    @Override
    public void release(AttemptId attempt) {
        requireReady();
        // Who would make the pods again is told first.
        kinds.values().forEach(kind -> kind.release(attempt));
        cluster.release(attempt);
    }

    /** Pods that a controller of theirs ends have the time that they were made with. */
    @Override
    public void release(AttemptId attempt, Duration grace) {
        requireReady();
        kinds.values().forEach(kind -> kind.release(attempt));
        cluster.release(attempt, grace);
    }

    @Override
    public Set<AttemptId> attempts() {
        requireReady();
        Set<AttemptId> all = new TreeSet<>(cluster.attempts());
        kinds.values().forEach(kind -> all.addAll(kind.attempts()));
        return all;
    }

    @Override
    public Optional<GangStatus> status(AttemptId attempt) {
        requireReady();
        return kinds.values().stream()
                .flatMap(kind -> kind.status(attempt).stream())
                .findFirst()
                .or(() -> cluster.status(attempt));
    }

    @Override
    public void onChange(Consumer<Optional<AttemptId>> listener) {
        listeners.add(listener);
        cluster.onChange(listener);
    }

    @Override
    public LogChunk log(PodRef pod, long offset, int limit) {
        return kinds.values().stream()
                .flatMap(kind -> kind.pod(pod).stream())
                .findFirst()
                .map(found -> log(found, offset, limit))
                .orElseGet(() -> cluster.log(pod, offset, limit));
    }

    @Override
    public void close() {
        seen.close();
        logs.close();
        later.shutdownNow();
    }

    private LogChunk log(Pod pod, long offset, int limit) {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Bad piece of output, offset %d and limit %d: expected 0 or more, and 1 or more"
                            .formatted(offset, limit));
        }
        boolean over = Notes.isEnded(pod);
        if (!isBound(pod)) {
            return new LogChunk(offset, new byte[0], over);
        }
        ObjectMeta named = pod.getMetadata();
        LogSource source =
                new LogSource(named.getNamespace(), named.getName(), named.getUid(), PodView.containerName(pod), over);
        return logs.read(source, offset, limit);
    }

    private static boolean isBound(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node != null && !node.isEmpty();
    }

    private static Optional<ExternalRef> refOf(Gang gang) {
        return ExternalRef.of(gang.members().get(0).template().annotations());
    }

    private ExternalKind kind(ExternalRef ref) {
        return java.util.Objects.requireNonNull(kinds.get(ref.kind()));
    }

    private Map<NodeName, PoolName> pools() {
        return cluster.nodes().stream().collect(Collectors.toMap(Node::name, Node::pool));
    }

    /** In the other thread: where the API server is away the answer takes its time. */
    private void lookForOperator() {
        if (seen.isToLookForOperator() && looking.compareAndSet(false, true)) {
            later.execute(() -> {
                try {
                    seen.lookForOperator();
                } catch (ClusterUnavailable e) {
                    LOG.log(System.Logger.Level.DEBUG, "act=look-again-later why=\"{0}\"", e.getMessage());
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void requireReady() {
        if (!seen.areSynced()) {
            lookForOperator();
            throw new ClusterUnavailable("What was created past Muster has not been read yet", null);
        }
    }

    /** In a thread of its own: whoever tells of a change must not wait for a write. */
    private void heard(HasMetadata object) {
        later.execute(() -> {
            try {
                if (object instanceof Pod pod) {
                    volcanoJobs.ownerOf(pod).ifPresent(volcanoJobs::look);
                }
                applications.look(object);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "act=gates-stay-on why=\"{0}\"", e.getMessage());
            }
            Optional<AttemptId> attempt = attemptOf(object);
            listeners.forEach(listener -> listener.accept(attempt));
        });
    }

    private static Optional<AttemptId> attemptOf(HasMetadata object) {
        try {
            return Notes.label(object, Marks.ATTEMPT).map(AttemptId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
