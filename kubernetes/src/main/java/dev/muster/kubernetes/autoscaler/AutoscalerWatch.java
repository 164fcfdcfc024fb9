package dev.muster.kubernetes.autoscaler;

import dev.muster.cluster.Autoscaling;
import dev.muster.kubernetes.Informers;
import dev.muster.kubernetes.Stubs;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.offering.EmptyGroup;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches what autoscalers write: Cluster Autoscaler its status, both their events about pods. None of it is needed to launch a
 * gang: where it may not be read, or is not there, nothing is known. Safe for any thread.
 */
public final class AutoscalerWatch implements AutoCloseable {
    /** After a refusal that is not taken back for so long it counts. */
    public static final Duration SETTLED = Words.SETTLED;

    /** Karpenter's words about a node; its taint says only that it goes, also where it is merely emptied. */
    private static final Set<String> TAKEN_BACK = Set.of("SpotInterrupted", "TerminatingOnInterruption");

    private static final System.Logger LOG = System.getLogger(AutoscalerWatch.class.getName());
    private static final String STATUS = "cluster-autoscaler-status";

    /** It writes its status every ten seconds; one that is as old as this is nobody's any more. */
    private static final Duration STALE = Duration.ofMinutes(10);

    /** Flags change with a restart of the autoscaler. */
    private static final Duration FLAGS_EVERY = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Words words;
    private final Consumer<String> refused;
    private final Consumer<NodeName> takenBack;
    private final Informers informers = new Informers();
    private final Map<String, Autoscaling.BackOff> backOffs = new TreeMap<>();
    private Instant writtenAt = Instant.EPOCH;
    private List<EmptyGroup> empty = List.of();
    private Instant askedAt = Instant.EPOCH;
    private Optional<Flags> flags = Optional.empty();

    /**
     * {@code refused} is told the uids of pods for which no node comes, {@code takenBack} nodes that the provider will take back. The
     * client stays the caller's.
     */
    public AutoscalerWatch(
            KubernetesClient client, InstantSource clock, Consumer<String> refused, Consumer<NodeName> takenBack) {
        this.takenBack = takenBack;
        this.client = client;
        this.clock = clock;
        this.words = new Words(clock);
        this.refused = refused;
        follow(client.configMaps().inAnyNamespace().withField("metadata.name", STATUS), ConfigMap::new, this::status);
        for (String source : List.of("cluster-autoscaler", "karpenter")) {
            follow(client.v1().events().inAnyNamespace().withField("source", source), Event::new, this::event);
        }
    }

    public void start() {
        informers.start();
    }

    /** What was said was said; a status that is gone grows stale. */
    private <T extends HasMetadata> void follow(Informable<T> what, Supplier<T> empty, Consumer<T> told) {
        SharedIndexInformer<T> informer = informers.add(what, told, gone -> {});
        informer.removeNamespaceIndex();
        informer.itemStore(new Stubs<>(empty));
    }

    private void event(Event event) {
        words.heard(event).forEach(refused);
        if (event.getInvolvedObject() != null
                && "Node".equals(event.getInvolvedObject().getKind())
                && TAKEN_BACK.contains(String.valueOf(event.getReason()))) {
            takenBack.accept(new NodeName(event.getInvolvedObject().getName()));
        }
    }

    private synchronized void status(ConfigMap map) {
        String text = map.getData() == null ? "" : map.getData().getOrDefault("status", "");
        writtenAt = clock.instant();
        empty = EmptyGroups.of(text);
        SortedMap<String, String> now = GroupStatuses.backingOff(text);
        backOffs.keySet().retainAll(now.keySet());
        now.forEach((group, why) -> {
            Autoscaling.BackOff before = backOffs.get(group);
            Instant since = before == null ? writtenAt : before.since();
            backOffs.put(group, new Autoscaling.BackOff(group, null, since, why));
        });
    }

    /** Why no node comes for one of these pods; empty as long as one may. */
    public Optional<String> refusal(Collection<String> uids) {
        return words.refusal(uids);
    }

    /** What it says of its groups and delays; which nodes stand idle others know. */
    public Autoscaling look(List<Autoscaling.IdleNode> idle) {
        Optional<Flags> known = flags();
        synchronized (this) {
            boolean isStale = writtenAt.plus(STALE).isBefore(clock.instant());
            return new Autoscaling(
                    idle,
                    isStale ? List.of() : List.copyOf(backOffs.values()),
                    known.flatMap(Flags::unneededTime).orElse(null),
                    known.map(Flags::delaysAreLocal).orElse(null));
        }
    }

    /** Groups of Cluster Autoscaler that have no node now. */
    public synchronized List<EmptyGroup> emptyGroups() {
        return writtenAt.plus(STALE).isBefore(clock.instant()) ? List.of() : empty;
    }

    private Optional<Flags> flags() {
        synchronized (this) {
            if (askedAt.plus(FLAGS_EVERY).isAfter(clock.instant())) {
                return flags;
            }
            askedAt = clock.instant();
        }
        try {
            Optional<Flags> found = Flags.find(client);
            synchronized (this) {
                flags = found;
                return found;
            }
        } catch (KubernetesClientException e) {
            LOG.log(System.Logger.Level.DEBUG, "act=flags-not-read why=\"{0}\"", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        informers.close();
    }
}
