package dev.muster.kubernetes;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodRef;
import dev.muster.cluster.PodStatus;
import dev.muster.cluster.ResultFile;
import dev.muster.kubernetes.log.LogSource;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one of our pods. {@code container}: the one of its command. {@code going}: somebody has asked for its end.
 * {@code lastWord}: what its command left when it succeeded, null for nothing. Times are by the cluster's clock.
 */
record PodFacts(
        String namespace,
        String name,
        String uid,
        String container,
        PodStatus status,
        boolean elastic,
        boolean going,
        @Nullable String lastWord) {
    /** One that has left nothing. */
    PodFacts(
            String namespace,
            String name,
            String uid,
            String container,
            PodStatus status,
            boolean elastic,
            boolean going) {
        this(namespace, name, uid, container, status, elastic, going, null);
    }

    /**
     * Empty where the pod does not say whose it is. {@code takenBack}: whether the provider takes that node back.
     */
    static Optional<PodFacts> of(Pod pod, Predicate<NodeName> takenBack) {
        Map<String, String> labels =
                Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        PodRef ref = refOf(pod).orElse(null);
        if (ref == null) {
            return Optional.empty();
        }
        try {
            PoolName pool = new PoolName(labels.getOrDefault(Labels.POOL, ""));
            return Optional.of(new PodFacts(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid(),
                    PodView.containerName(pod),
                    status(pod, ref, pool, takenBack),
                    labels.containsKey(Labels.ELASTIC),
                    pod.getMetadata().getDeletionTimestamp() != null,
                    lastWord(pod)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Which pod of which attempt it is; empty where it does not say so. */
    static Optional<PodRef> refOf(Pod pod) {
        Map<String, String> labels =
                Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        Map<String, String> notes =
                Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
        try {
            return Optional.of(new PodRef(
                    AttemptId.parse(notes.getOrDefault(Labels.ATTEMPT, "")),
                    new RoleName(labels.getOrDefault(Labels.ROLE, "")),
                    Integer.parseInt(labels.getOrDefault(Labels.INDEX, ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    PodRef ref() {
        return status.pod();
    }

    String path() {
        return "/api/v1/namespaces/" + namespace + "/pods/" + name;
    }

    /** What its command writes. */
    LogSource output() {
        return new LogSource(namespace, name, uid, container, status.phase().isFinal());
    }

    boolean isBound() {
        return status.node() != null;
    }

    PodFacts with(PodStatus other) {
        return new PodFacts(namespace, name, uid, container, other, elastic, going, lastWord);
    }

    /** The same pod, ended so without a word of its own. */
    static PodStatus ended(PodStatus before, PodPhase phase, PodEnd cause, @Nullable Instant at, String message) {
        return new PodStatus(
                before.pod(),
                phase,
                before.pool(),
                before.node(),
                before.startedAt(),
                at,
                before.exitCode(),
                cause,
                message);
    }

    private static PodStatus status(Pod pod, PodRef ref, PoolName pool, Predicate<NodeName> takenBack) {
        String word = pod.getStatus() == null ? "Pending" : phase(pod);
        String nodeName = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        NodeName node = nodeName == null || nodeName.isEmpty() ? null : new NodeName(nodeName);
        Instant startedAt = pod.getStatus() == null ? null : PodView.startedAt(pod);
        Instant endedAt = pod.getStatus() == null ? null : PodView.endedAt(pod);
        return switch (word) {
            case "Running" ->
                startedAt == null
                        ? waiting(pod, ref, pool, node)
                        : new PodStatus(ref, PodPhase.RUNNING, pool, node, startedAt, null, null, null, "");
            case "Succeeded" ->
                new PodStatus(
                        ref,
                        PodPhase.SUCCEEDED,
                        pool,
                        node,
                        startedAt,
                        endedAt,
                        PodView.exitCode(pod),
                        PodEnds.succeeded(pod, node != null && takenBack.test(node)),
                        "");
            case "Failed" ->
                new PodStatus(
                        ref,
                        PodPhase.FAILED,
                        pool,
                        node,
                        startedAt,
                        endedAt,
                        PodView.exitCode(pod),
                        PodEnds.failed(pod, node != null && takenBack.test(node)),
                        PodView.message(pod));
            default -> waiting(pod, ref, pool, node);
        };
    }

    private static @Nullable String lastWord(Pod pod) {
        return PodView.container(pod)
                .flatMap(PodView::terminated)
                .filter(ended -> Integer.valueOf(0).equals(ended.getExitCode()))
                .map(ContainerStateTerminated::getMessage)
                .map(ResultFile::text)
                .orElse(null);
    }

    /** The role's command decides: a sidecar that somebody has added may outlive it for ever. */
    private static String phase(Pod pod) {
        Integer exitCode = PodView.exitCode(pod);
        String phase = String.valueOf(pod.getStatus().getPhase());
        if (!phase.equals("Running") || exitCode == null) {
            return phase;
        }
        return exitCode == 0 ? "Succeeded" : "Failed";
    }

    private static PodStatus waiting(Pod pod, PodRef ref, PoolName pool, @Nullable NodeName node) {
        Optional<PodEnd> stuck = pod.getStatus() == null ? Optional.empty() : PodEnds.stuck(pod);
        String message = pod.getStatus() == null ? "" : PodView.message(pod);
        return new PodStatus(
                ref,
                stuck.isPresent() ? PodPhase.FAILED : PodPhase.PENDING,
                pool,
                node,
                null,
                null,
                null,
                stuck.orElse(null),
                message);
    }
}
