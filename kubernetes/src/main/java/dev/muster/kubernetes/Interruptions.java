package dev.muster.kubernetes;

import dev.muster.quota.node.Taint;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How providers and their tools say that they take a node back, and how they label nodes that they may take back. */
final class Interruptions {
    private static final Set<String> TAINTS = Set.of(
            "aws-node-termination-handler/spot-itn",
            "aws-node-termination-handler/asg-lifecycle-termination",
            "cloud.google.com/impending-node-termination",
            "node.cloudprovider.kubernetes.io/shutdown",
            "spot.azure.com/preempt",
            "karpenter.sh/interruption");

    private static final Set<String> UNREACHABLE =
            Set.of("node.kubernetes.io/unreachable", "node.kubernetes.io/out-of-service");

    private static final Set<String> CONDITIONS =
            Set.of("SpotInterruption", "PreemptScheduled", "VMEventScheduled", "TerminationNotice");

    private static final Map<String, Set<String>> SPOT = Map.of(
            "karpenter.sh/capacity-type", Set.of("spot"),
            "eks.amazonaws.com/capacityType", Set.of("SPOT"),
            "cloud.google.com/gke-spot", Set.of("true"),
            "cloud.google.com/gke-preemptible", Set.of("true"),
            "kubernetes.azure.com/scalesetpriority", Set.of("spot"),
            "muster.dev/capacity-type", Set.of("spot"));

    private Interruptions() {}

    /** The provider has said so. */
    static boolean isAnnounced(List<Taint> taints, Set<String> trueConditions) {
        return taints.stream().anyMatch(taint -> TAINTS.contains(taint.key()))
                || trueConditions.stream().anyMatch(CONDITIONS::contains);
    }

    /** Nobody answers there any more; of a node that may be taken back it is likely that it was. */
    static boolean isUnreachable(List<Taint> taints) {
        return taints.stream().anyMatch(taint -> UNREACHABLE.contains(taint.key()));
    }

    /** A node that may be taken back at any time: where it is gone, it was. */
    static boolean isSpot(Map<String, String> labels) {
        return SPOT.entrySet().stream().anyMatch(e -> e.getValue().contains(labels.getOrDefault(e.getKey(), "")));
    }
}
