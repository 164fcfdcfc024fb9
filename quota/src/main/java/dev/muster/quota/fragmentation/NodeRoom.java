package dev.muster.quota.fragmentation;

import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.NodeName;
import dev.muster.quota.node.Node;
import dev.muster.quota.plan.LiveAttempt;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node, what runs on it, and what is free there. */
public final class NodeRoom {
    private final Node node;
    private final List<Guest> guests = new ArrayList<>();
    private Resources used;
    private int pods;

    private NodeRoom(Node node) {
        this.node = node;
        this.used = node.overhead();
        this.pods = node.foreignPods();
    }

    /** Pods of one attempt and role on the node. */
    public record Guest(LiveAttempt attempt, LiveAttempt.Held held) {}

    /** Every node by name, with the pods that are bound to it or promised to be. */
    public static Map<NodeName, NodeRoom> of(Snapshot snapshot) {
        Map<NodeName, NodeRoom> rooms = new LinkedHashMap<>();
        snapshot.nodes().stream()
                .sorted(Comparator.comparing(Node::name))
                .forEach(node -> rooms.put(node.name(), new NodeRoom(node)));
        for (LiveAttempt attempt : snapshot.live()) {
            for (LiveAttempt.Held held : attempt.pods()) {
                NodeRoom room = held.node() == null ? null : rooms.get(held.node());
                if (room != null) {
                    room.add(attempt, held);
                }
            }
        }
        return rooms;
    }

    private void add(LiveAttempt attempt, LiveAttempt.Held held) {
        guests.add(new Guest(attempt, held));
        used = used.plus(held.pod().times(held.count()));
        pods += held.count();
    }

    public Node node() {
        return node;
    }

    public List<Guest> guests() {
        return List.copyOf(guests);
    }

    public Resources used() {
        return used;
    }

    /** Pods of Muster and others. */
    public int pods() {
        return pods;
    }

    public Resources free() {
        return node.ready() ? node.allocatable().minus(used) : Resources.NONE;
    }

    /** How many more pods of the shape it takes. */
    public long fits(Shape shape) {
        if (!shape.mayRunOn(node)) {
            return 0;
        }
        long fits = Math.max(0, node.maxPods() - pods);
        for (String name : shape.pod().names()) {
            long free = Math.max(0, node.allocatable().amount(name) - used.amount(name));
            fits = Math.min(fits, free / shape.pod().amount(name));
        }
        return fits;
    }

    /** The largest part of a resource that pods take, 0 to 1. */
    public double fill() {
        double fill = 0;
        for (String name : node.allocatable().names()) {
            fill = Math.max(
                    fill, (double) used.amount(name) / node.allocatable().amount(name));
        }
        return Math.min(1, fill);
    }

    /** The only attempt that has pods here; null where there are several or none. */
    @Nullable
    LiveAttempt onlyGuest() {
        AttemptId first = guests.isEmpty() ? null : guests.get(0).attempt().id();
        return first != null
                        && guests.stream()
                                .allMatch(guest -> guest.attempt().id().equals(first))
                ? guests.get(0).attempt()
                : null;
    }
}
