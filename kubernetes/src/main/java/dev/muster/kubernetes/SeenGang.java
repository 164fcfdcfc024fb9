package dev.muster.kubernetes;

import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has been seen of one attempt. Its owner, {@link Sightings}, guards it. */
final class SeenGang {
    /** So many ends are remembered of an attempt whose leader makes pods again and again. */
    private static final int ENDS = 2_000;

    @Nullable
    GroupFacts group;

    final Map<PodRef, PodFacts> pods = new HashMap<>();
    final Map<PodRef, PodStatus> gone = new HashMap<>();
    final Set<PodRef> shrunk = new HashSet<>();
    final Map<PodRef, PodFacts> placeholders = new HashMap<>();
    /** Where a placeholder was bound, also when it has gone: the room is for its pod. */
    final Map<PodRef, NodeName> kept = new HashMap<>();
    /** How pods ended whose places others may have taken since, by uid. */
    final Map<String, PodStatus> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PodStatus> eldest) {
            return size() > ENDS;
        }
    };
    /** The API server was asked for the pods that are missing. */
    boolean asked;

    boolean isOver() {
        return group == null && pods.isEmpty() && placeholders.isEmpty();
    }

    boolean hasStarted() {
        return (group != null && group.started())
                || !gone.isEmpty()
                || pods.values().stream().anyMatch(PodFacts::isBound);
    }

    boolean isMadeByLeader(PodRef ref) {
        return group != null && group.madeByLeader().contains(ref.role());
    }

    /** False for news of a pod that has ended and whose place another has: the other one stays. */
    boolean see(PodFacts pod, Departures departures) {
        PodFacts there = pods.get(pod.ref());
        boolean isAnother = there != null && !there.uid().equals(pod.uid());
        if (isAnother
                && pod.status().phase().isFinal()
                && !there.status().phase().isFinal()) {
            ends.putIfAbsent(pod.uid(), departures.ours(pod.status()));
            return false;
        }
        if (isAnother && there.status().phase().isFinal()) {
            ends.putIfAbsent(there.uid(), departures.ours(there.status()));
        }
        pods.put(pod.ref(), pod);
        return true;
    }

    /** As it is now; null for one that was not seen. */
    @Nullable
    PodStatus status(PodRef ref, Departures departures) {
        PodFacts pod = pods.get(ref);
        if (pod == null) {
            return gone.get(ref);
        }
        return departures.now(pod.status(), kept.get(ref));
    }

    /** How the pods ended that the leader made; those of other roles have their places to themselves. */
    Map<String, PodStatus> endsOfLeadersPods(Departures departures) {
        if (group == null || group.madeByLeader().isEmpty()) {
            return Map.of();
        }
        Map<String, PodStatus> all = new LinkedHashMap<>();
        ends.forEach((uid, end) -> {
            if (isMadeByLeader(end.pod())) {
                all.put(uid, end);
            }
        });
        pods.forEach((ref, pod) -> {
            PodStatus status = isMadeByLeader(ref) ? status(ref, departures) : null;
            if (status != null && status.phase().isFinal() && isEnd(status)) {
                all.putIfAbsent(pod.uid(), status);
            }
        });
        return all;
    }

    /** A pod that cannot start may yet be given its image. */
    private static boolean isEnd(PodStatus status) {
        return status.phase() != PodPhase.FAILED || status.endedAt() != null || status.startedAt() != null;
    }
}
