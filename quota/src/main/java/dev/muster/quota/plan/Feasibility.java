package dev.muster.quota.plan;

import dev.muster.quota.name.QueueName;
import dev.muster.quota.node.Node;
import dev.muster.quota.queue.QueueSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * Tells at submission whether a gang could ever run on these nodes and in these queues, were nothing else there. Made once for
 * many jobs; safe for several threads.
 */
public final class Feasibility {
    /** Nodes are laid out once for each set of labels that jobs ask for; strange ones must not fill the heap. */
    private static final int MOST_WORLDS = 64;

    private final List<QueueSpec> queues;
    private final List<Node> nodes;
    private final Map<SortedSet<String>, World> worlds = new HashMap<>();

    private Feasibility(List<QueueSpec> queues, List<Node> nodes) {
        this.queues = List.copyOf(queues);
        this.nodes = List.copyOf(nodes);
    }

    public static Feasibility of(List<QueueSpec> queues, List<Node> nodes) {
        return new Feasibility(queues, nodes);
    }

    /** For one job: see {@link #check(List, QueueName, boolean)}. */
    public static List<Reason> check(List<Ask> asks, QueueName queue, List<QueueSpec> queues, List<Node> nodes) {
        return of(queues, nodes).check(asks, queue, false);
    }

    /** As below, for a gang that may be spread over zones. */
    public List<Reason> check(List<Ask> asks, QueueName queue) {
        return check(asks, queue, false);
    }

    /** Why the gang can never run, primary first; empty where it can. An unknown queue limits nothing. */
    public synchronized List<Reason> check(List<Ask> asks, QueueName queue, boolean oneZone) {
        SortedSet<String> labels = World.labelsOf(asks);
        if (worlds.size() == MOST_WORLDS && !worlds.containsKey(labels)) {
            worlds.clear();
        }
        World world = worlds.computeIfAbsent(
                labels,
                keys -> World.of(
                        new Snapshot(Instant.EPOCH, queues, nodes, List.of(), List.of(), PlanSettings.DEFAULT), keys));
        Shapes shapes = new Shapes(world.index, world.places);
        return new NeverReasons(world).of(world.ledger.number(queue), asks, shapes.of(asks, oneZone, Set.of()));
    }
}
