package dev.muster.job;

import dev.muster.cluster.GangStatus;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pods of one role of an attempt. The first {@code minimum} by index belong to the gang. A pod whose node went away is
 * lost, whatever its phase says; {@code tolerated} pods may fail or be lost, but never all of the gang. {@code replaces}: lost ones
 * are made again.
 */
record RolePods(Role role, List<PodStatus> pods, int tolerated, boolean replaces) {
    private static final int MOST_NAMED = 5;
    private static final Comparator<PodStatus> BY_END = Comparator.comparing(
                    (PodStatus pod) -> pod.endedAt() == null ? Instant.MAX : pod.endedAt())
            .thenComparing(pod -> pod.pod().index());

    /** {@code runs}: the gang has started. Until then it loses no more by starting anew, and what a leader knew is lost with it. */
    static RolePods of(Role role, JobSpec spec, GangStatus seen, boolean runs) {
        List<PodStatus> pods = seen.pods().stream()
                .filter(pod -> pod.pod().role().equals(role.name()))
                .toList();
        // What a leader makes it makes good: its pods break nothing, and are awaited until all of them are there again.
        int asked = role.pod().isMadeByLeader()
                ? 0
                : spec.completion().toleratedFailures().getOrDefault(role.name(), 0);
        boolean replaces = runs && !role.leader() && spec.retry().lostPods() == LostPods.REPLACE;
        return new RolePods(role, pods, Math.max(0, Math.min(asked, role.minimum() - 1)), replaces);
    }

    List<PodStatus> gang() {
        return pods.stream().filter(pod -> pod.pod().index() < role.minimum()).toList();
    }

    /** The whole gang of the role is there and has ended, and no pod above it runs; one that never started holds up nobody. */
    boolean isDone() {
        return !isBelowMinimum()
                && gang().size() >= role.minimum()
                && pods.stream()
                        .allMatch(pod -> pod.phase().isFinal()
                                || (pod.pod().index() >= role.minimum() && pod.phase() == PodPhase.PENDING));
    }

    boolean isBelowMinimum() {
        if (role.pod().isMadeAtWill() && count(PodPhase.PENDING) == 0) {
            return false;
        }
        return count(PodPhase.RUNNING) + count(PodPhase.SUCCEEDED) < needed();
    }

    /** The pod that makes success impossible, if there is one: the first beyond what is tolerated. */
    Optional<PodStatus> breaking() {
        if (role.pod().isMadeByLeader()) {
            return Optional.empty();
        }
        List<PodStatus> failed = gang().stream()
                .filter(pod -> pod.phase() == PodPhase.FAILED && !pod.isLost())
                .sorted(BY_END)
                .toList();
        if (failed.size() > tolerated) {
            return Optional.of(failed.get(tolerated));
        }
        int alive = count(PodPhase.RUNNING) + count(PodPhase.SUCCEEDED) + count(PodPhase.PENDING);
        List<PodStatus> lost =
                pods.stream().filter(PodStatus::isLost).sorted(BY_END).toList();
        if (replaces || alive >= needed() || lost.isEmpty()) {
            return Optional.empty();
        }
        int spare = Math.max(0, alive + lost.size() - needed());
        return Optional.of(lost.get(spare));
    }

    /** The gang's pods to make again; none while it has its minimum, or where it starts anew. */
    Set<PodRef> toReplace() {
        return replaces && isBelowMinimum()
                ? gang().stream().filter(PodStatus::isLost).map(PodStatus::pod).collect(Collectors.toSet())
                : Set.of();
    }

    /** Those on nodes that go that the role cannot do without when they are gone. */
    List<PodStatus> missedWithout(Set<NodeName> nodes) {
        List<PodStatus> doomed = pods.stream()
                .filter(pod -> pod.phase() == PodPhase.RUNNING && pod.node() != null && nodes.contains(pod.node()))
                .toList();
        int stay = count(PodPhase.RUNNING) + count(PodPhase.SUCCEEDED) + count(PodPhase.PENDING) - doomed.size();
        return doomed.subList(0, Math.max(0, Math.min(doomed.size(), needed() - stay)));
    }

    String shortage() {
        String lost = toReplace().isEmpty()
                ? ""
                : gang().stream()
                        .filter(PodStatus::isLost)
                        .map(pod -> pod.pod().index() + (pod.node() == null ? "" : " on " + pod.node()))
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(
                                ", ",
                                "; its lost pods are made again: ",
                                toReplace().size() > MOST_NAMED ? ", …" : ""));
        return "role %s has %d of %d pods%s"
                .formatted(role.name(), count(PodPhase.RUNNING) + count(PodPhase.SUCCEEDED), role.minimum(), lost);
    }

    private int needed() {
        return role.minimum() - tolerated;
    }

    private int count(PodPhase phase) {
        return (int) pods.stream().filter(pod -> pod.phase() == phase).count();
    }
}
