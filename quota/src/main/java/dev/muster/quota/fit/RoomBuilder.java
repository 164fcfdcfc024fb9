package dev.muster.quota.fit;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.Taint;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds a {@link Room}: first the nodes, then what is bound to them, then their layout. */
public final class RoomBuilder {
    /** The label that says in which zone a node is. */
    public static final String ZONE = "topology.kubernetes.io/zone";

    private final ResourceIndex index;
    private final int width;
    private final Node[] nodes;
    private final Map<NodeName, Integer> numbers;
    private final long[] free;
    private final int[] podsLeft;
    private final long[] supply;

    public RoomBuilder(ResourceIndex index, List<Node> unsorted) {
        this.index = index;
        width = index.size();
        nodes = unsorted.toArray(Node[]::new);
        Arrays.sort(nodes, Comparator.comparing(node -> node.name().value()));
        numbers = new HashMap<>(nodes.length * 2);
        free = new long[nodes.length * width];
        podsLeft = new int[nodes.length];
        supply = new long[width];
        long[] overhead = new long[width];
        for (int n = 0; n < nodes.length; n++) {
            Node node = nodes[n];
            numbers.put(node.name(), n);
            if (node.ready()) {
                podsLeft[n] = node.maxPods() - node.foreignPods();
                index.write(node.allocatable(), free, n * width);
                index.write(node.overhead(), overhead, 0);
                for (int r = 0; r < width; r++) {
                    free[n * width + r] -= overhead[r];
                    supply[r] = Resources.add(supply[r], Math.max(0, free[n * width + r]));
                }
            }
        }
    }

    /** What the ready nodes have for pods of Muster. */
    public long[] supply() {
        return supply;
    }

    /** Takes room for pods that are bound; of a node that is unknown or not ready nothing can be taken. */
    public void bind(NodeName name, long[] pod, int pods) {
        Integer node = numbers.get(name);
        if (node != null && nodes[node].ready()) {
            for (int r = 0; r < width; r++) {
                long before = free[node * width + r];
                long after = before - Resources.multiply(pod[r], pods);
                free[node * width + r] = before < 0 && after > 0 ? Long.MIN_VALUE : after;
            }
            podsLeft[node] -= pods;
        }
    }

    /** {@code labels} are the keys that some affinity asks for: nodes that differ only in others are of one kind. */
    public Room build(SortedSet<String> labels) {
        SortedSet<String> keys = new TreeSet<>(labels);
        keys.add(ZONE);
        Map<Key, List<Integer>> byKind = new LinkedHashMap<>();
        for (int n = 0; n < nodes.length; n++) {
            byKind.computeIfAbsent(Key.of(nodes[n], keys), key -> new ArrayList<>())
                    .add(n);
        }
        PoolName[] pools =
                byKind.keySet().stream().map(Key::pool).distinct().sorted().toArray(PoolName[]::new);
        List<Map.Entry<Key, List<Integer>>> sorted = new ArrayList<>(byKind.entrySet());
        sorted.sort(Comparator.comparing(kind -> kind.getKey().pool()));
        Kind[] kinds = new Kind[sorted.size()];
        int[] order = new int[nodes.length];
        int at = 0;
        for (int k = 0; k < kinds.length; k++) {
            Key key = sorted.get(k).getKey();
            int[] members = emptiestFirst(sorted.get(k).getValue());
            System.arraycopy(members, 0, order, at, members.length);
            Node one = nodes[members[0]];
            kinds[k] = new Kind(
                    Arrays.binarySearch(pools, key.pool()),
                    key.pool(),
                    one.labels().getOrDefault(ZONE, ""),
                    key.labels(),
                    key.taints(),
                    index.vector(key.allocatable()),
                    key.maxPods(),
                    at,
                    at + members.length);
            at += members.length;
        }
        NodeName[] names = new NodeName[nodes.length];
        long[] freeInOrder = new long[free.length];
        int[] podsInOrder = new int[nodes.length];
        for (int i = 0; i < order.length; i++) {
            names[i] = nodes[order[i]].name();
            podsInOrder[i] = podsLeft[order[i]];
            System.arraycopy(free, order[i] * width, freeInOrder, i * width, width);
        }
        // From here on a node is known by its place in the layout.
        numbers.clear();
        for (int i = 0; i < order.length; i++) {
            if (nodes[order[i]].ready()) {
                numbers.put(names[i], i);
            }
        }
        return new Room(width, kinds, pools, names, order, freeInOrder, podsInOrder, numbers);
    }

    private int[] emptiestFirst(List<Integer> members) {
        long[] keys = new long[members.size()];
        for (int i = 0; i < keys.length; i++) {
            int node = members.get(i);
            double emptiness = 1;
            for (int r = 0; r < width; r++) {
                long all = nodes[node].allocatable().amount(index.name(r));
                if (all > 0) {
                    emptiness = Math.min(emptiness, Math.max(0, (double) free[node * width + r] / all));
                }
            }
            keys[i] = (long) ((1 - emptiness) * (1 << 20)) << 32 | node;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private record Key(
            PoolName pool, Map<String, String> labels, List<Taint> taints, Resources allocatable, int maxPods) {
        static Key of(Node node, SortedSet<String> keys) {
            Map<String, String> asked = new TreeMap<>();
            for (String key : keys) {
                String value = node.labels().get(key);
                if (value != null) {
                    asked.put(key, value);
                }
            }
            return new Key(node.pool(), asked, node.taints(), node.allocatable(), node.maxPods());
        }
    }
}
