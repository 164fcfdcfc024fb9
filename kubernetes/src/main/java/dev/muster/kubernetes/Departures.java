package dev.muster.kubernetes;

import dev.muster.cluster.PodEnd;
import dev.muster.cluster.PodPhase;
import dev.muster.cluster.PodStatus;
import dev.muster.quota.name.NodeName;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of pods that are not there any more, or whose nodes are not, by what was seen of them last. */
final class Departures {
    private final Nodes nodes;
    private final InstantSource clock;
    private final ClusterClock clusterClock;

    Departures(Nodes nodes, InstantSource clock, ClusterClock clusterClock) {
        this.nodes = nodes;
        this.clock = clock;
        this.clusterClock = clusterClock;
    }

    /** A pod that is there, on the node that is kept for it where it has none yet. */
    PodStatus now(PodStatus seen, @Nullable NodeName kept) {
        PodStatus status = ours(seen);
        if (status.node() == null && status.phase() == PodPhase.PENDING && kept != null && !nodes.isGone(kept)) {
            return new PodStatus(
                    status.pod(),
                    status.phase(),
                    status.pool(),
                    kept,
                    null,
                    null,
                    null,
                    status.cause(),
                    status.message());
        }
        NodeName node = status.node();
        return node == null || status.phase().isFinal() || !nodes.isGone(node) ? status : lost(status, node);
    }

    /** The same by our clock. */
    PodStatus ours(PodStatus status) {
        return new PodStatus(
                status.pod(),
                status.phase(),
                status.pool(),
                status.node(),
                clusterClock.ours(status.startedAt()),
                clusterClock.ours(status.endedAt()),
                status.exitCode(),
                status.cause(),
                status.message());
    }

    /** How a pod ended that is gone. {@code why} is Kubernetes' word for who ended it; a leader deletes what it needs no more. */
    PodStatus afterwards(PodFacts last, Optional<String> why, boolean madeByLeader) {
        PodStatus before = ours(last.status());
        if (before.phase().isFinal()) {
            return before;
        }
        NodeName node = before.node();
        if (node != null && (nodes.isGone(node) || why.filter(PodEnds::isByNode).isPresent())) {
            return lost(before, node);
        }
        if (node != null && nodes.isTakenBack(node)) {
            return PodFacts.ended(
                    before, PodPhase.LOST, PodEnd.SPOT_INTERRUPTED, clock.instant(), "its node is taken back");
        }
        PodEnd cause = why.map(PodEnds::byOthers).orElse(madeByLeader ? PodEnd.DISMISSED : PodEnd.RELEASED);
        return PodFacts.ended(
                before,
                PodPhase.FAILED,
                cause,
                clock.instant(),
                why.map("Kubernetes removed it: %s"::formatted)
                        .orElse(
                                madeByLeader
                                        ? "the pod was deleted, by its leader or past Muster"
                                        : "the pod was deleted past Muster"));
    }

    /** Room is kept for a pod that is made when there is room for all. */
    static PodStatus promised(GangShape.Slot slot, NodeName node) {
        return new PodStatus(slot.pod(), PodPhase.PENDING, slot.pool(), node, null, null, null, null, "");
    }

    /** Nothing was seen of it, and it is not there. */
    static PodStatus removed(GangShape.Slot slot) {
        return new PodStatus(
                slot.pod(),
                PodPhase.FAILED,
                slot.pool(),
                null,
                null,
                null,
                null,
                PodEnd.RELEASED,
                "the pod was deleted past Muster");
    }

    private PodStatus lost(PodStatus before, NodeName node) {
        PodEnd cause = nodes.isTakenBack(node) ? PodEnd.SPOT_INTERRUPTED : PodEnd.NODE_LOST;
        return PodFacts.ended(before, PodPhase.LOST, cause, nodes.goneAt(node), "its node %s is gone".formatted(node));
    }
}
