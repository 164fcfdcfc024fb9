package dev.muster.kubernetes;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of this installation's attempts, told by the watches on PodGroups and pods. A pod that went without our
 * asking is remembered as ended until its attempt is gone. Safe for any thread.
 */
final class Sightings {
    /** How many attempts that were let go are remembered, to meet what a late writer makes of them. */
    private static final int LET_GO = 20_000;

    private static final Comparator<PodStatus> ORDER = Comparator.<PodStatus, dev.muster.quota.name.RoleName>comparing(
                    status -> status.pod().role())
            .thenComparing(status -> status.pod().index());

    private final Map<AttemptId, SeenGang> entries = new HashMap<>();
    private final Map<String, AttemptId> groupKeys = new HashMap<>();
    private final Map<String, PodRef> podKeys = new HashMap<>();
    private final Map<String, PodRef> placeholderKeys = new HashMap<>();
    private final Map<String, AttemptId> placeholderUids = new HashMap<>();
    /** With the seconds that its pods have to end, where it was said. */
    private final Map<AttemptId, Optional<Long>> letGo = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, Optional<Long>> eldest) {
            return size() > LET_GO;
        }
    };

    private final Departures departures;
    /** Is told of a gang that has started and of which not all pods were seen: one watch may be ahead of another. */
    private final Consumer<GroupFacts> doubt;

    Sightings(Nodes nodes, InstantSource clock, ClusterClock clusterClock, Consumer<GroupFacts> doubt) {
        this.doubt = doubt;
        this.departures = new Departures(nodes, clock, clusterClock);
    }

    synchronized void group(GroupFacts group) {
        entry(group.attempt()).group = group;
        groupKeys.put(key(group.namespace(), group.name()), group.attempt());
    }

    /** The group was made or found by us; the watch may know more of it already. */
    synchronized void groupMade(GroupFacts group) {
        if (entry(group.attempt()).group == null) {
            group(group);
        }
    }

    /** The attempt whose group it was. */
    synchronized Optional<AttemptId> groupGone(String key) {
        AttemptId attempt = groupKeys.remove(key);
        SeenGang entry = attempt == null ? null : entries.get(attempt);
        if (entry != null) {
            entry.group = null;
            forgetIfOver(attempt, entry);
        }
        return Optional.ofNullable(attempt);
    }

    synchronized void pod(PodFacts pod) {
        SeenGang entry = entry(pod.ref().attempt());
        PodFacts before = entry.pods.get(pod.ref());
        if (entry.see(pod, departures)) {
            if (before != null && !before.uid().equals(pod.uid())) {
                podKeys.remove(key(before.namespace(), before.name()));
            }
            podKeys.put(key(pod.namespace(), pod.name()), pod.ref());
        }
    }

    /** What keeps room for a pod that is not there yet. */
    synchronized void placeholder(PodFacts placeholder) {
        SeenGang entry = entry(placeholder.ref().attempt());
        entry.placeholders.put(placeholder.ref(), placeholder);
        placeholderUids.put(placeholder.uid(), placeholder.ref().attempt());
        placeholderKeys.put(key(placeholder.namespace(), placeholder.name()), placeholder.ref());
        NodeName node = placeholder.status().node();
        if (node != null) {
            entry.kept.put(placeholder.ref(), node);
        }
    }

    synchronized boolean isPlaceholder(String key) {
        return placeholderKeys.containsKey(key);
    }

    synchronized List<PodFacts> placeholders(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        return entry == null ? List.of() : List.copyOf(entry.placeholders.values());
    }

    /** Placeholders of the attempt that have no node; none where it waits for none. */
    synchronized Stream<PodFacts> lacking(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        return entry == null || entry.placeholders.isEmpty()
                ? Stream.empty()
                : List.copyOf(entry.placeholders.values()).stream().filter(pod -> !pod.isBound() && !pod.going());
    }

    /** The attempt of the placeholder with that uid. */
    synchronized Optional<AttemptId> attemptOfPlaceholder(String uid) {
        return Optional.ofNullable(placeholderUids.get(uid));
    }

    /** The attempt whose placeholder it was; empty where it was none. */
    synchronized Optional<AttemptId> placeholderGone(String key, Predicate<AttemptId> isStillWanted) {
        PodRef ref = placeholderKeys.remove(key);
        SeenGang entry = ref == null ? null : entries.get(ref.attempt());
        if (entry == null) {
            return Optional.empty();
        }
        PodFacts last = entry.placeholders.remove(ref);
        if (last != null) {
            placeholderUids.remove(last.uid());
        }
        if (isStillWanted.test(ref.attempt())) {
            entry.kept.remove(ref);
        }
        forgetIfOver(ref.attempt(), entry);
        return Optional.of(ref.attempt());
    }

    /** The attempt whose pod it was. {@code why} is Kubernetes' word for who ended it. */
    synchronized Optional<AttemptId> podGone(String key, Optional<String> why) {
        PodRef ref = podKeys.remove(key);
        SeenGang entry = ref == null ? null : entries.get(ref.attempt());
        if (entry == null) {
            return Optional.empty();
        }
        PodFacts last = entry.pods.remove(ref);
        if (last != null && !letGo.containsKey(ref.attempt()) && !entry.shrunk.contains(ref)) {
            PodStatus end = departures.afterwards(last, why, entry.isMadeByLeader(ref));
            entry.gone.put(ref, end);
            entry.ends.put(last.uid(), end);
        }
        forgetIfOver(ref.attempt(), entry);
        return Optional.of(ref.attempt());
    }

    /** From now on pods of the attempt that vanish were let go, and what appears of it is to go, within {@code grace} seconds. */
    synchronized void letGo(AttemptId attempt, Optional<Long> grace) {
        letGo.merge(attempt, grace, (before, now) -> now.isPresent() ? now : before);
        SeenGang entry = entries.get(attempt);
        if (entry != null) {
            entry.gone.clear();
        }
    }

    synchronized boolean isLetGo(AttemptId attempt) {
        return letGo.containsKey(attempt);
    }

    /** The seconds that pods of an attempt that was let go have to end; null: each its own. */
    synchronized @Nullable Long grace(AttemptId attempt) {
        return letGo.getOrDefault(attempt, Optional.empty()).orElse(null);
    }

    synchronized void shrinks(AttemptId attempt, Set<PodRef> pods) {
        SeenGang entry = entries.get(attempt);
        if (entry != null) {
            entry.shrunk.addAll(pods);
        }
    }

    synchronized Set<AttemptId> attempts() {
        return new TreeSet<>(entries.keySet());
    }

    synchronized Optional<GroupFacts> group(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.group);
    }

    synchronized Optional<PodFacts> pod(PodRef ref) {
        SeenGang entry = entries.get(ref.attempt());
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.pods.get(ref));
    }

    /** The pod with that namespace and name, {@code namespace/name}. */
    synchronized Optional<PodFacts> pod(String key) {
        PodRef ref = podKeys.get(key);
        return ref == null ? Optional.empty() : pod(ref);
    }

    synchronized List<PodFacts> pods(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        return entry == null ? List.of() : List.copyOf(entry.pods.values());
    }

    /** Those of {@code pods} whose node went away. */
    synchronized Set<PodRef> lost(AttemptId attempt, Set<PodRef> pods) {
        SeenGang entry = entries.get(attempt);
        return entry == null
                ? Set.of()
                : pods.stream()
                        .filter(pod -> Optional.ofNullable(entry.status(pod, departures))
                                .filter(PodStatus::isLost)
                                .isPresent())
                        .collect(Collectors.toSet());
    }

    /** No room is kept for these pods any more. */
    synchronized void roomIsGone(AttemptId attempt, Set<PodRef> pods) {
        SeenGang entry = entries.get(attempt);
        if (entry != null) {
            entry.kept.keySet().removeAll(pods);
        }
    }

    /** Pods that were seen, be they there or gone. */
    synchronized Set<PodRef> seen(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        if (entry == null) {
            return Set.of();
        }
        Set<PodRef> seen = new HashSet<>(entry.pods.keySet());
        seen.addAll(entry.gone.keySet());
        seen.addAll(entry.shrunk);
        return seen;
    }

    /** Volcano binds all or none: one bound pod shows that all of the gang had been made. */
    synchronized boolean hasStarted(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        return entry != null && entry.hasStarted();
    }

    /** Attempts with a pod on that node. */
    synchronized List<AttemptId> on(NodeName node) {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().pods.values().stream()
                        .anyMatch(pod -> node.equals(pod.status().node())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Nodes with a pod of ours that has not ended, or room kept for one. */
    synchronized Set<NodeName> usedNodes() {
        return entries.values().stream()
                .flatMap(entry -> Stream.concat(entry.pods.values().stream(), entry.placeholders.values().stream()))
                .filter(pod -> !pod.status().phase().isFinal())
                .map(pod -> pod.status().node())
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Pools with a pod of ours that has no node yet. */
    synchronized Set<PoolName> poolsOfUnbound() {
        return entries.values().stream()
                .flatMap(entry -> entry.pods.values().stream())
                .filter(pod ->
                        !pod.isBound() && !pod.going() && !pod.status().phase().isFinal())
                .map(pod -> pod.status().pool())
                .collect(Collectors.toSet());
    }

    synchronized Optional<GangStatus> status(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        if (entry == null || entry.isOver()) {
            return Optional.empty();
        }
        boolean hasStarted = entry.hasStarted() && !letGo.containsKey(attempt);
        List<PodStatus> pods = new ArrayList<>();
        Set<PodRef> listed = new HashSet<>();
        if (entry.group != null) {
            for (GangShape.Slot slot : entry.group.shape().slots(attempt)) {
                listed.add(slot.pod());
                PodStatus status = entry.status(slot.pod(), departures);
                if (status == null && !hasStarted && entry.kept.containsKey(slot.pod())) {
                    status = Departures.promised(slot, entry.kept.get(slot.pod()));
                }
                if (status != null) {
                    pods.add(status);
                } else if (hasStarted
                        && !entry.asked
                        && !entry.group.madeByLeader().contains(slot.pod().role())) {
                    entry.asked = true;
                    doubt.accept(entry.group);
                }
            }
        }
        Set<PodRef> others = new HashSet<>(entry.pods.keySet());
        others.addAll(entry.gone.keySet());
        others.removeAll(listed);
        others.stream()
                .map(ref -> entry.status(ref, departures))
                .filter(java.util.Objects::nonNull)
                .sorted(ORDER)
                .forEach(pods::add);
        boolean waits = pods.isEmpty()
                || pods.stream()
                        .anyMatch(pod -> pod.node() == null && !pod.phase().isFinal());
        String message = entry.group == null || !waits ? "" : entry.group.message();
        return Optional.of(new GangStatus(attempt, pods, message)
                .with(entry.endsOfLeadersPods(departures))
                .in(entry.group == null ? null : entry.group.queue()));
    }

    /** What the API server has of a gang that has started; what is missing there too was deleted while nobody looked. */
    synchronized void answered(GroupFacts group, List<PodFacts> there) {
        SeenGang entry = entries.get(group.attempt());
        if (entry == null || letGo.containsKey(group.attempt())) {
            return;
        }
        there.stream()
                .filter(pod -> !entry.pods.containsKey(pod.ref()) && !entry.gone.containsKey(pod.ref()))
                .forEach(this::pod);
        group.shape().slots(group.attempt()).stream()
                .filter(slot -> !group.madeByLeader().contains(slot.pod().role()))
                .filter(slot -> !entry.pods.containsKey(slot.pod()))
                .forEach(slot -> entry.gone.putIfAbsent(slot.pod(), Departures.removed(slot)));
    }

    /** The API server did not answer: it is asked again. */
    synchronized void notAnswered(AttemptId attempt) {
        SeenGang entry = entries.get(attempt);
        if (entry != null) {
            entry.asked = false;
        }
    }

    private SeenGang entry(AttemptId attempt) {
        return entries.computeIfAbsent(attempt, id -> new SeenGang());
    }

    private void forgetIfOver(AttemptId attempt, SeenGang entry) {
        if (entry.isOver()) {
            entries.remove(attempt);
        }
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
