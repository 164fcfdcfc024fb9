package dev.muster.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a pod that are asked for, absent where the pod does not have them. */
public final class PodView {
    /** Those of pods that others make are Spark's own words. */
    private static final List<String> CONTAINERS =
            List.of(Manifests.CONTAINER, "spark-kubernetes-driver", "spark-kubernetes-executor");

    /** Annotation: the container that whoever made the pod means where none is named. */
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private PodView() {}

    /**
     * What the container of the role's command is called: as we name it; as Spark does in pods that an operator has made; as the pod
     * says itself; else it is the first.
     */
    public static String containerName(Pod pod) {
        List<String> names = pod.getSpec() == null || pod.getSpec().getContainers() == null
                ? List.of()
                : pod.getSpec().getContainers().stream().map(Container::getName).toList();
        Optional<String> said = Optional.ofNullable(pod.getMetadata())
                .map(ObjectMeta::getAnnotations)
                .map(notes -> notes.get(DEFAULT_CONTAINER));
        return Stream.concat(CONTAINERS.stream(), said.stream())
                .filter(names::contains)
                .findFirst()
                .orElse(names.isEmpty() ? Manifests.CONTAINER : names.get(0));
    }

    /** The container of the role's command; of a pod that somebody else's hand has made over, its first. */
    static Optional<ContainerStatus> container(Pod pod) {
        if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
            return Optional.empty();
        }
        String name = containerName(pod);
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> name.equals(status.getName()))
                .findFirst()
                .or(() -> pod.getStatus().getContainerStatuses().stream().findFirst());
    }

    /** One of those that run on every node: of a DaemonSet, or made by the node itself. */
    static boolean isEverywhere(Pod pod) {
        boolean mirrored = pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey("kubernetes.io/config.mirror");
        return mirrored
                || pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> "DaemonSet".equals(owner.getKind()));
    }

    static Optional<ContainerStateTerminated> terminated(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(state -> state.getTerminated());
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    /** When its command began; null while it has not. */
    static @Nullable Instant startedAt(Pod pod) {
        Optional<ContainerStatus> container = container(pod);
        Optional<String> running = container
                .map(ContainerStatus::getState)
                .map(state -> state.getRunning())
                .map(state -> state.getStartedAt());
        return running.or(() -> container.flatMap(PodView::terminated).map(ContainerStateTerminated::getStartedAt))
                .map(PodView::instant)
                .orElse(null);
    }

    static @Nullable Instant endedAt(Pod pod) {
        return container(pod)
                .flatMap(PodView::terminated)
                .map(ContainerStateTerminated::getFinishedAt)
                .map(PodView::instant)
                .orElse(null);
    }

    static @Nullable Integer exitCode(Pod pod) {
        return container(pod)
                .flatMap(PodView::terminated)
                .map(ContainerStateTerminated::getExitCode)
                .orElse(null);
    }

    /** Kubernetes' own sentence, or what the command left as its last words. */
    static String message(Pod pod) {
        Optional<String> ofPod = Optional.ofNullable(pod.getStatus().getMessage());
        Optional<String> ofEnd = container(pod).flatMap(PodView::terminated).map(ContainerStateTerminated::getMessage);
        Optional<String> ofWaiting = container(pod)
                .map(ContainerStatus::getState)
                .map(state -> state.getWaiting())
                .map(waiting ->
                        waiting.getReason() + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage()));
        return ofPod.or(() -> ofEnd).or(() -> ofWaiting).orElse("").strip();
    }

    static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
