package dev.muster.controlplane.volcano;

import dev.muster.quota.name.NodeName;
import dev.muster.simulation.placement.BinpackWeights;
import dev.muster.simulation.placement.Demand;
import dev.muster.simulation.placement.Floor;
import dev.muster.simulation.placement.Placement;
import dev.muster.simulation.placement.Request;
import dev.muster.simulation.placement.Seat;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of the cluster and what all pods take of them, whoever bound them. */
final class Landscape {
    private static final String AVAILABLE = "nodes are available: ";

    private final Floor floor = Floor.ofMixedNodes(BinpackWeights.VOLCANO);
    private final Map<String, Seat> seats = new HashMap<>();
    private final Map<String, Pod> seatless = new HashMap<>();
    private long openings;

    void see(Node node) {
        NodeName name = new NodeName(node.getMetadata().getName());
        boolean isNew = floor.node(name) == null;
        dev.muster.quota.node.Node read = NodeReading.node(node);
        if (read.equals(floor.node(name))) {
            return; // a heartbeat
        }
        floor.put(read);
        openings++;
        if (isNew) {
            List.copyOf(seatless.values()).forEach(this::see);
        }
    }

    void forget(Node node) {
        floor.remove(new NodeName(node.getMetadata().getName()));
    }

    void see(Pod pod) {
        String node = pod.getSpec().getNodeName();
        TaskStatus status = TaskStatus.of(pod);
        String uid = pod.getMetadata().getUid();
        if (node == null) {
            return;
        }
        if (status.isCompleted()) {
            leave(uid);
        } else if (!seats.containsKey(uid)) {
            seatless.remove(uid);
            if (!take(uid, new NodeName(node), PodReading.demand(pod))) {
                seatless.put(uid, pod);
            }
        }
    }

    /** Takes a seat for a pod; false where there is no such node. */
    boolean take(String uid, NodeName node, Demand demand) {
        Seat seat = floor.seat(node, demand.resources());
        if (seat != null) {
            seats.put(uid, seat);
        }
        return seat != null;
    }

    /** The pod is gone, or has ended. */
    void leave(String uid) {
        seatless.remove(uid);
        if (giveBack(uid)) {
            openings++;
        }
    }

    /** Takes back a seat of this session, so nothing has changed for others. */
    boolean giveBack(String uid) {
        Seat seat = seats.remove(uid);
        if (seat != null) {
            floor.leave(seat);
        }
        return seat != null;
    }

    /** The best node for one such pod, or none. */
    Optional<NodeName> bestFor(Demand demand) {
        Request request = floor.request(List.of(demand));
        try {
            return request.place() instanceof Placement.Fits fits
                    ? Optional.of(fits.nodes().get(0))
                    : Optional.empty();
        } finally {
            request.close();
        }
    }

    /** Why there is no node for it, in Volcano's words. */
    String refusal(Demand demand) {
        int all = floor.nodes().size();
        String explanation = floor.request(List.of(demand)).explanation();
        int reasons = explanation.indexOf(AVAILABLE);
        return "0/%d nodes are unavailable%s"
                .formatted(all, reasons < 0 ? "" : ": " + explanation.substring(reasons + AVAILABLE.length()) + ".");
    }

    /** How often room may have come. */
    long openings() {
        return openings;
    }
}
