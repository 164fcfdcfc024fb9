package dev.muster.kubernetes;

import dev.muster.cluster.PodEnd;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why a pod ended, from what Kubernetes says of it. The first row that fits counts; PodEndsTest has one test a row. */
final class PodEnds {
    /** Reasons of a waiting container that another minute does not mend. */
    private static final Set<String> IMAGE = Set.of("ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

    private static final Set<String> CONFIG =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    /** Reasons of a container that ended without having begun. */
    private static final Set<String> NOT_BEGUN = Set.of("StartError", "ContainerCannotRun");

    private static final Set<String> NODE_STOPS = Set.of("Terminated", "Shutdown", "NodeShutdown", "NodeLost");
    private static final Set<String> PUT_OUT = Set.of("PreemptionByScheduler", "EvictionByEvictionAPI");

    /** What Spark's own exit codes say (SparkExitCode, ExecutorExitCode of 3.0 to 4.0); of other programs they mean anything. */
    private static final Map<Integer, PodEnd> SPARKS = Map.of(
            50, PodEnd.UNCAUGHT,
            51, PodEnd.UNCAUGHT,
            52, PodEnd.JVM_OOM,
            53, PodEnd.SCRATCH_FAILED,
            54, PodEnd.SCRATCH_FAILED,
            55, PodEnd.SCRATCH_FAILED,
            56, PodEnd.UNREACHABLE);

    private static final String SPARK_ROLE = "spark-role";
    private static final Set<String> NODE_IS_AWAY = Set.of("DeletionByTaintManager", "DeletionByPodGC");

    private PodEnds() {}

    /** A pod that has not started and never will, where that can be told; its phase is still Pending. */
    static Optional<PodEnd> stuck(Pod pod) {
        return PodView.container(pod)
                .map(status ->
                        status.getState() == null ? null : status.getState().getWaiting())
                .flatMap(waiting -> {
                    if (IMAGE.contains(String.valueOf(waiting.getReason()))) {
                        return Optional.of(PodEnd.IMAGE);
                    }
                    return CONFIG.contains(String.valueOf(waiting.getReason()))
                            ? Optional.of(PodEnd.CONFIG)
                            : Optional.empty();
                });
    }

    /** A pod whose phase is Failed. */
    static PodEnd failed(Pod pod, boolean nodeIsTakenBack) {
        String reason = String.valueOf(pod.getStatus().getReason());
        String message = String.valueOf(pod.getStatus().getMessage()).toLowerCase(Locale.ROOT);
        if (reason.equals("Evicted") && isDisk(message)) {
            return PodEnd.DISK_FULL;
        }
        if (NODE_STOPS.contains(reason)
                || disruption(pod).filter(NODE_IS_AWAY::contains).isPresent()) {
            return nodeIsTakenBack ? PodEnd.SPOT_INTERRUPTED : PodEnd.NODE_LOST;
        }
        Optional<ContainerStateTerminated> terminated = PodView.container(pod).flatMap(PodView::terminated);
        String how = terminated.map(ContainerStateTerminated::getReason).orElse("");
        if ("OOMKilled".equals(how)) {
            return PodEnd.OOM_KILLED;
        }
        if (NOT_BEGUN.contains(how)) {
            return PodEnd.CONFIG;
        }
        Optional<String> disruption = disruption(pod);
        if (disruption.isPresent()) {
            return nodeIsTakenBack ? PodEnd.SPOT_INTERRUPTED : byOthers(disruption.get());
        }
        if (nodeIsTakenBack
                && terminated.map(ContainerStateTerminated::getExitCode).orElse(137) > 128) {
            return PodEnd.SPOT_INTERRUPTED;
        }
        Optional<PodEnd> said = terminated
                .map(ContainerStateTerminated::getExitCode)
                .filter(code -> isSpark(pod))
                .map(SPARKS::get);
        if (said.isPresent()) {
            return said.get();
        }
        boolean byItself = reason.equals("null") || reason.isEmpty() || reason.equals("Error");
        return byItself && terminated.isPresent() ? PodEnd.EXITED : PodEnd.OTHER;
    }

    /** A pod whose command returned 0: an executor that its driver gave up does so when its blocks are elsewhere. */
    static PodEnd succeeded(Pod pod, boolean nodeIsTakenBack) {
        Map<String, String> labels = pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
        boolean given = nodeIsTakenBack || labels.containsKey(Labels.DECOMMISSIONED);
        return given && "executor".equals(labels.get(SPARK_ROLE)) ? PodEnd.DECOMMISSIONED : PodEnd.EXITED;
    }

    /** What a disruption means of a node that stays. */
    static PodEnd byOthers(String disruption) {
        return PUT_OUT.contains(disruption) ? PodEnd.PREEMPTED : PodEnd.OTHER;
    }

    private static boolean isSpark(Pod pod) {
        return pod.getMetadata().getLabels() != null
                && pod.getMetadata().getLabels().containsKey(SPARK_ROLE);
    }

    /** Whether such a disruption means that the node is away. */
    static boolean isByNode(String disruption) {
        return NODE_IS_AWAY.contains(disruption);
    }

    /** Who ends the pod before its command did: the reason of its condition DisruptionTarget. */
    static Optional<String> disruption(Pod pod) {
        return PodView.condition(pod, "DisruptionTarget")
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getReason);
    }

    private static boolean isDisk(String message) {
        return message.contains("ephemeral-storage")
                || message.contains("ephemeral local storage")
                || message.contains("emptydir")
                || message.contains("diskpressure")
                || message.contains("low on resource: inodes");
    }
}
