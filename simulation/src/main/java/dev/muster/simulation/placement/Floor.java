package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes and what is taken of them. Not safe for several threads. */
public final class Floor {
    /** {@code pool-2} before {@code pool-10}. */
    private static final Comparator<Machine> BY_NUMBER = Comparator.comparingInt(
                    (Machine machine) -> machine.node().name().value().length())
            .thenComparing(machine -> machine.node().name());

    private final BinpackWeights weights;
    private final ResourceIndex index = new ResourceIndex();
    private final Map<NodeName, Machine> machines = new HashMap<>();
    private final Map<PoolName, List<Machine>> pools = new TreeMap<>();
    private @Nullable List<Node> nodes;

    public Floor(BinpackWeights weights) {
        this.weights = weights;
    }

    /** All nodes, pool by pool, by number. */
    public List<Node> nodes() {
        List<Node> known = nodes;
        if (known == null) {
            known = pools.values().stream()
                    .flatMap(pool -> pool.stream().map(Machine::node))
                    .toList();
            nodes = known;
        }
        return known;
    }

    /** Adds the node, or changes the one of that name: pods that are there stay. */
    public void put(Node node) {
        long[] capacity = index.capacity(node.allocatable());
        Machine known = machines.get(node.name());
        if (known == null) {
            Machine machine = new Machine(node, capacity);
            machines.put(node.name(), machine);
            List<Machine> pool = pools.computeIfAbsent(node.pool(), name -> new ArrayList<>());
            int at = Collections.binarySearch(pool, machine, BY_NUMBER);
            pool.add(at < 0 ? -at - 1 : at, machine);
        } else {
            known.become(node, capacity);
        }
        nodes = null;
    }

    /** Takes the node away; its pods keep their seats, which nobody counts any more. */
    public void remove(NodeName name) {
        Machine gone = machines.remove(name);
        if (gone != null) {
            PoolName pool = gone.node().pool();
            List<Machine> rest = pools.get(pool);
            rest.remove(gone);
            if (rest.isEmpty()) {
                pools.remove(pool);
            }
            nodes = null;
        }
    }

    public @Nullable Node node(NodeName name) {
        Machine machine = machines.get(name);
        return machine == null ? null : machine.node();
    }

    /** Where the pods of these demands would go if they were bound now; nothing is taken. */
    public Placement place(List<Demand> demands) {
        return new Packing(weights, index).place(demands, pools);
    }

    /** Binds a pod to a node, whether it fits or not; null where there is no such node. */
    public @Nullable Seat seat(NodeName name, Resources resources) {
        Machine machine = machines.get(name);
        return machine == null ? null : new Seat(machine, index.ask(resources, weights));
    }

    /** Gives back what the seat took; once only. */
    public void leave(Seat seat) {
        seat.leave();
    }

    /** How many pods sit on a node; 0 where there is no such node. */
    public int pods(NodeName name) {
        Machine machine = machines.get(name);
        return machine == null ? 0 : machine.pods();
    }
}
