package dev.muster.kubernetes.external;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody else's pods in Muster's words. */
final class Statuses {
    private final Supplier<Map<NodeName, PoolName>> pools;

    Statuses(Supplier<Map<NodeName, PoolName>> pools) {
        this.pools = pools;
    }

    /** {@code promised} is its pool while it is on no node. */
    PodStatus of(Pod pod, PodRef ref, PoolName promised) {
        String name = pod.getSpec().getNodeName();
        NodeName node = name == null || name.isEmpty() ? null : new NodeName(name);
        PoolName pool = node == null ? promised : pools.get().getOrDefault(node, promised);
        PodPhase phase = phase(pod);
        ContainerStateTerminated end = end(pod);
        return new PodStatus(
                ref,
                phase,
                pool,
                node,
                phase == PodPhase.PENDING ? null : startedAt(pod),
                phase.isFinal() ? endedAt(pod, end) : null,
                phase.isFinal() && end != null ? end.getExitCode() : null,
                phase.isFinal() ? cause(end) : null,
                phase == PodPhase.FAILED
                        ? Objects.requireNonNullElse(pod.getStatus().getMessage(), "")
                        : "");
    }

    /** Not there, and not to be expected: somebody has deleted it. */
    static PodStatus missing(PodRef ref, PoolName pool, Instant now) {
        return new PodStatus(
                ref, PodPhase.FAILED, pool, null, null, now, null, PodEnd.RELEASED, "the pod was deleted past Muster");
    }

    static PodStatus pending(PodRef ref, PoolName pool) {
        return new PodStatus(ref, PodPhase.PENDING, pool, null, null, null, null, null, "");
    }

    /** What its owner says of it, where the owner has the last word. */
    static PodStatus ended(PodRef ref, PoolName pool, boolean well, Instant startedAt, Instant at, String message) {
        return new PodStatus(
                ref,
                well ? PodPhase.SUCCEEDED : PodPhase.FAILED,
                pool,
                null,
                startedAt,
                at,
                null,
                well ? PodEnd.EXITED : PodEnd.OTHER,
                message);
    }

    static @Nullable Instant instant(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Instant.parse(text);
    }

    private static PodPhase phase(Pod pod) {
        String word =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return switch (word) {
            case "Running" -> PodPhase.RUNNING;
            case "Succeeded" -> PodPhase.SUCCEEDED;
            case "Failed" -> PodPhase.FAILED;
            default -> PodPhase.PENDING;
        };
    }

    private static Instant startedAt(Pod pod) {
        return containers(pod)
                .map(container -> container.getState() == null
                        ? null
                        : container.getState().getRunning() != null
                                ? container.getState().getRunning().getStartedAt()
                                : container.getState().getTerminated() != null
                                        ? container.getState().getTerminated().getStartedAt()
                                        : null)
                .map(Statuses::instant)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> Objects.requireNonNullElse(
                        instant(pod.getStatus().getStartTime()),
                        Objects.requireNonNull(instant(pod.getMetadata().getCreationTimestamp()))));
    }

    private static Instant endedAt(Pod pod, @Nullable ContainerStateTerminated end) {
        Instant at = end == null ? null : instant(end.getFinishedAt());
        return at == null ? startedAt(pod) : at;
    }

    private static @Nullable ContainerStateTerminated end(Pod pod) {
        return containers(pod)
                .map(container -> container.getState() == null
                        ? null
                        : container.getState().getTerminated())
                .filter(Objects::nonNull)
                .max(Comparator.comparing(end -> Objects.requireNonNullElse(end.getExitCode(), 0)))
                .orElse(null);
    }

    private static PodEnd cause(@Nullable ContainerStateTerminated end) {
        if (end != null && "OOMKilled".equals(end.getReason())) {
            return PodEnd.OOM_KILLED;
        }
        return end == null ? PodEnd.OTHER : PodEnd.EXITED;
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        List<ContainerStatus> all =
                pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return all == null ? Stream.empty() : all.stream();
    }
}
