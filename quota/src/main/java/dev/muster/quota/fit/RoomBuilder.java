package dev.muster.quota.fit;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Room}: first the nodes, then what is bound to them, then their layout. */
public final class RoomBuilder {
    /** The label that says in which zone a node is. */
    public static final String ZONE = "topology.kubernetes.io/zone";

    private final ResourceIndex index;
    private final int width;
    private final Node[] nodes;
    private final NodeNumbers numbers;
    private final long[] free;
    private final int[] podsLeft;
    private final long[] supply;

    public RoomBuilder(ResourceIndex index, List<Node> unsorted) {
        this.index = index;
        width = index.size();
        nodes = unsorted.toArray(Node[]::new);
        Arrays.sort(nodes, Comparator.comparing(node -> node.name().value()));
        numbers = new NodeNumbers(nodes.length);
        free = new long[nodes.length * width];
        podsLeft = new int[nodes.length];
        supply = new long[width];
        long[] overhead = new long[width];
        for (int n = 0; n < nodes.length; n++) {
            Node node = nodes[n];
            numbers.put(node.name(), node.ready() ? n : NodeNumbers.UNKNOWN);
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

    /** The number of a node until {@link #build}, below 0 where it is unknown or not ready. */
    public int number(NodeName name) {
        return numbers.of(name);
    }

    /**
     * Takes room for pods that are bound, of the amounts from {@code from}; of a node that is unknown or not ready nothing can be
     * taken.
     */
    public void bind(int node, long[] amounts, int from, int pods) {
        if (node != NodeNumbers.UNKNOWN) {
            int base = node * width;
            for (int r = 0; r < width; r++) {
                long amount = amounts[from + r];
                long before = free[base + r];
                long after = before - (pods == 1 ? amount : Resources.multiply(amount, pods));
                free[base + r] = before < 0 && after > 0 ? Long.MIN_VALUE : after;
            }
            podsLeft[node] -= pods;
        }
    }

    /** {@code labels} are the keys that some affinity asks for: nodes that differ only in others are of one kind. */
    public Room build(SortedSet<String> labels) {
        SortedSet<String> keys = new TreeSet<>(labels);
        keys.add(ZONE);
        String[] asked = keys.toArray(String[]::new);
        Map<Key, Integer> known = new HashMap<>();
        List<Key> byKind = new ArrayList<>();
        int[] kindOf = new int[nodes.length];
        for (int n = 0; n < nodes.length; n++) {
            Key key = new Key(nodes[n], asked);
            Integer kind = known.putIfAbsent(key, byKind.size());
            if (kind == null) {
                byKind.add(key);
            }
            kindOf[n] = kind == null ? byKind.size() - 1 : kind;
        }
        int[][] members = members(kindOf, byKind.size());
        PoolName[] pools = byKind.stream().map(Key::pool).distinct().sorted().toArray(PoolName[]::new);
        List<Integer> sorted =
                new ArrayList<>(IntStream.range(0, byKind.size()).boxed().toList());
        sorted.sort(Comparator.comparing(kind -> byKind.get(kind).pool()));
        Kind[] kinds = new Kind[sorted.size()];
        int[] order = new int[nodes.length];
        int at = 0;
        for (int k = 0; k < kinds.length; k++) {
            Key key = byKind.get(sorted.get(k));
            long[] allocatable = index.vector(key.node.allocatable());
            int[] nodesOfKind = emptiestFirst(members[sorted.get(k)], allocatable);
            System.arraycopy(nodesOfKind, 0, order, at, nodesOfKind.length);
            kinds[k] = new Kind(
                    Arrays.binarySearch(pools, key.pool()),
                    key.pool(),
                    key.node.labels().getOrDefault(ZONE, ""),
                    key.labels(asked),
                    key.node.taints(),
                    allocatable,
                    key.node.maxPods(),
                    at,
                    at + nodesOfKind.length);
            at += nodesOfKind.length;
        }
        NodeName[] names = new NodeName[nodes.length];
        long[] freeInOrder = new long[free.length];
        int[] podsInOrder = new int[nodes.length];
        int[] placeOf = new int[nodes.length];
        for (int i = 0; i < order.length; i++) {
            names[i] = nodes[order[i]].name();
            placeOf[order[i]] = i;
            podsInOrder[i] = podsLeft[order[i]];
            System.arraycopy(free, order[i] * width, freeInOrder, i * width, width);
        }
        // From here on a node is known by its place in the layout.
        numbers.renumber(placeOf);
        return new Room(width, kinds, pools, names, order, freeInOrder, podsInOrder, numbers);
    }

    private static int[][] members(int[] kindOf, int kinds) {
        int[] count = new int[kinds];
        for (int kind : kindOf) {
            count[kind]++;
        }
        int[][] members = new int[kinds][];
        for (int k = 0; k < kinds; k++) {
            members[k] = new int[count[k]];
        }
        for (int n = kindOf.length - 1; n >= 0; n--) {
            members[kindOf[n]][--count[kindOf[n]]] = n;
        }
        return members;
    }

    private int[] emptiestFirst(int[] members, long[] allocatable) {
        long[] keys = new long[members.length];
        for (int i = 0; i < keys.length; i++) {
            int node = members[i];
            double emptiness = 1;
            for (int r = 0; r < width; r++) {
                long all = allocatable[r];
                if (all > 0) {
                    emptiness = Math.min(emptiness, Math.max(0, (double) free[node * width + r] / all));
                }
            }
            keys[i] = (long) ((1 - emptiness) * (1 << 20)) << 32 | node;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            members[i] = (int) keys[i];
        }
        return members;
    }

    /** What nodes of one kind have in common. */
    private static final class Key {
        private final Node node;
        private final @Nullable String[] values;
        private final int hash;

        Key(Node node, String[] keys) {
            this.node = node;
            values = new String[keys.length];
            for (int i = 0; i < keys.length; i++) {
                values[i] = node.labels().get(keys[i]);
            }
            hash = (Arrays.hashCode(values) * 31 + node.pool().hashCode()) * 31
                    + node.allocatable().hashCode();
        }

        PoolName pool() {
            return node.pool();
        }

        Map<String, String> labels(String[] keys) {
            Map<String, String> labels = new TreeMap<>();
            for (int i = 0; i < keys.length; i++) {
                String value = values[i];
                if (value != null) {
                    labels.put(keys[i], value);
                }
            }
            return labels;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && hash == that.hash
                    && Arrays.equals(values, that.values)
                    && node.pool().equals(that.node.pool())
                    && node.maxPods() == that.node.maxPods()
                    && node.allocatable().equals(that.node.allocatable())
                    && node.taints().equals(that.node.taints());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
