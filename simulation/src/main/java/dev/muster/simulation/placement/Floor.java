package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes and what is taken of them. Not safe for several threads. */
public final class Floor {
    private final BinpackWeights weights;
    private final boolean mixed;
    private final ResourceIndex index = new ResourceIndex();
    private final Map<NodeName, Machine> machines = new HashMap<>();
    private final Map<PoolName, Room> rooms = new TreeMap<>();
    private @Nullable List<Node> nodes;
    private long openings;
    private long closings;

    /** A floor whose pools are of equal nodes. */
    public Floor(BinpackWeights weights) {
        this(weights, false);
    }

    private Floor(BinpackWeights weights, boolean mixed) {
        this.weights = weights;
        this.mixed = mixed;
    }

    /** A floor where nodes of one pool may differ in anything. */
    public static Floor ofMixedNodes(BinpackWeights weights) {
        return new Floor(weights, true);
    }

    /** All nodes, pool by pool, by number. */
    public List<Node> nodes() {
        List<Node> known = nodes;
        if (known == null) {
            known = rooms.values().stream()
                    .flatMap(room -> room.machines().stream().map(Machine::node))
                    .toList();
            nodes = known;
        }
        return known;
    }

    /** Adds the node, or changes the one of that name: pods that are there stay. */
    public void put(Node node) {
        long[] capacity = index.capacity(node.allocatable());
        Room room = room(node.pool());
        Machine known = machines.get(node.name());
        if (known == null) {
            Machine machine = new Machine(node, room, capacity);
            machines.put(node.name(), machine);
            room.add(machine);
        } else {
            known.become(node, capacity);
            room.renew();
        }
        nodes = null;
        openings++;
    }

    /** Takes the node away; its pods keep their seats, which nobody counts any more. */
    public void remove(NodeName name) {
        Machine gone = machines.remove(name);
        if (gone != null) {
            gone.room().remove(gone);
            nodes = null;
            openings++;
        }
    }

    public @Nullable Node node(NodeName name) {
        Machine machine = machines.get(name);
        return machine == null ? null : machine.node();
    }

    /** Asks for room for the pods of these demands: all or nothing. */
    public Request request(List<Demand> demands) {
        return new Request(this, demands);
    }

    /** Binds a pod to a node, whether it fits or not; null where there is no such node. */
    public @Nullable Seat seat(NodeName name, Resources resources) {
        Machine machine = machines.get(name);
        if (machine == null) {
            return null;
        }
        closings++;
        return new Seat(machine, index.ask(resources, weights));
    }

    /** Gives back what the seat took; once only. */
    public void leave(Seat seat) {
        seat.leave();
        openings++;
    }

    /** How often room may have come. */
    public long openings() {
        return openings;
    }

    /** How often room came or was taken. */
    long version() {
        return openings + closings;
    }

    Packing packing() {
        return new Packing(this, weights);
    }

    Admission admission(Demand demand) {
        return new Admission(demand, mixed);
    }

    Ask ask(Demand demand) {
        return index.ask(demand.resources(), weights);
    }

    List<Machine> machines(Demand demand) {
        Room room = rooms.get(demand.pool());
        return room == null ? List.of() : room.machines();
    }

    Tally use(Demand demand) {
        return room(demand.pool()).use(demand, () -> ask(demand), admission(demand));
    }

    void leave(Demand demand) {
        room(demand.pool()).leave(demand);
    }

    /** Brings the tallies of all requests up to date. */
    public void count() {
        rooms.values().forEach(Room::count);
    }

    private Room room(PoolName pool) {
        return rooms.computeIfAbsent(pool, name -> new Room());
    }
}
