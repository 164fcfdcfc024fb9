package dev.muster.quota.fit;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.resource.Resources;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is free on every node, dense. Nodes of one kind lie side by side, the emptiest first when the cycle began, in blocks
 * whose maxima let a search pass over what is too full. Room is taken and given back; everything else stays as it was built.
 */
public final class Room {
    static final int BLOCK = 32;
    private static final long EXACT = 1L << 53;

    final int width;
    final Kind[] kinds;
    final PoolName[] pools;
    private final NodeName[] names;
    private final NodeNumbers numbers;
    final String[] zones;
    private final int[] zoneOfKind;
    private final int[] kindOf;
    private final int[] rank;
    private final int[] nodeAtRank;
    private final long[] free;
    private final int[] podsLeft;
    private final int[] firstBlock;
    private final int[] blockOf;
    private final int[] blockStart;
    private final long[] blockFree;
    private final int[] blockPods;
    private @Nullable Headcount headcount;

    Room(
            int width,
            Kind[] kinds,
            PoolName[] pools,
            NodeName[] names,
            int[] rank,
            long[] free,
            int[] podsLeft,
            NodeNumbers numbers) {
        this.numbers = numbers;
        this.width = width;
        this.kinds = kinds;
        this.pools = pools;
        this.names = names;
        this.rank = rank;
        this.free = free;
        this.podsLeft = podsLeft;
        zones = Arrays.stream(kinds).map(Kind::zone).distinct().sorted().toArray(String[]::new);
        zoneOfKind = Arrays.stream(kinds)
                .mapToInt(kind -> Arrays.binarySearch(zones, kind.zone()))
                .toArray();
        kindOf = new int[names.length];
        nodeAtRank = new int[names.length];
        firstBlock = new int[kinds.length + 1];
        blockOf = new int[names.length];
        int blocks = 0;
        for (int k = 0; k < kinds.length; k++) {
            firstBlock[k] = blocks;
            for (int node = kinds[k].first(); node < kinds[k].end(); node++) {
                kindOf[node] = k;
                nodeAtRank[rank[node]] = node;
                blockOf[node] = blocks + (node - kinds[k].first()) / BLOCK;
            }
            blocks += (kinds[k].nodes() + BLOCK - 1) / BLOCK;
        }
        firstBlock[kinds.length] = blocks;
        blockStart = new int[blocks + 1];
        blockStart[blocks] = names.length;
        for (int node = names.length - 1; node >= 0; node--) {
            blockStart[blockOf[node]] = node;
        }
        blockFree = new long[blocks * width];
        blockPods = new int[blocks];
        for (int block = 0; block < blocks; block++) {
            refresh(block);
        }
    }

    private Room(Room other) {
        numbers = other.numbers;
        width = other.width;
        kinds = other.kinds;
        pools = other.pools;
        names = other.names;
        rank = other.rank;
        zones = other.zones;
        zoneOfKind = other.zoneOfKind;
        kindOf = other.kindOf;
        nodeAtRank = other.nodeAtRank;
        firstBlock = other.firstBlock;
        blockOf = other.blockOf;
        blockStart = other.blockStart;
        free = other.free.clone();
        podsLeft = other.podsLeft.clone();
        blockFree = other.blockFree.clone();
        blockPods = other.blockPods.clone();
    }

    /** The same nodes with room of its own, for "what if". */
    public Room copy() {
        return new Room(this);
    }

    /** True where as much is free as in the other one, of the same nodes. */
    public boolean isAs(Room other) {
        return rank == other.rank && Arrays.equals(free, other.free) && Arrays.equals(podsLeft, other.podsLeft);
    }

    private void refresh(int block) {
        int base = block * width;
        Arrays.fill(blockFree, base, base + width, Long.MIN_VALUE);
        int pods = 0;
        for (int node = blockStart[block]; node < blockStart[block + 1]; node++) {
            pods = Math.max(pods, podsLeft[node]);
            for (int r = 0; r < width; r++) {
                blockFree[base + r] = Math.max(blockFree[base + r], free[node * width + r]);
            }
        }
        blockPods[block] = pods;
    }

    public int nodes() {
        return names.length;
    }

    /** The number of a node that is known and ready, -1 for any other. */
    public int number(NodeName name) {
        return numbers.of(name);
    }

    NodeName nodeName(int node) {
        return names[node];
    }

    PoolName poolOf(int node) {
        return kinds[kindOf[node]].poolName();
    }

    int zoneOf(int kind) {
        return zoneOfKind[kind];
    }

    int kindOf(int node) {
        return kindOf[node];
    }

    int rank(int node) {
        return rank[node];
    }

    int nodeAtRank(int rank) {
        return nodeAtRank[rank];
    }

    /** What is free on all nodes together; a node that holds too much counts 0. */
    public long[] free() {
        long[] sum = new long[width];
        for (int node = 0; node < names.length; node++) {
            for (int r = 0; r < width; r++) {
                sum[r] = Resources.add(sum[r], Math.max(0, free[node * width + r]));
            }
        }
        return sum;
    }

    /** What is free on the nodes where the role may run. */
    public long[] freeFor(GangShape gang, int role) {
        long[] sum = new long[width];
        for (int kind : gang.pods[role].where.kinds()) {
            for (int node = kinds[kind].first(); node < kinds[kind].end(); node++) {
                for (int r = 0; r < width; r++) {
                    sum[r] = Resources.add(sum[r], Math.max(0, free[node * width + r]));
                }
            }
        }
        return sum;
    }

    /** What those of these nodes that are ready have when nothing is on them. */
    public long[] readyFor(GangShape gang, int role) {
        long[] sum = new long[width];
        for (int kind : gang.pods[role].where.kinds()) {
            for (int node = kinds[kind].first(); node < kinds[kind].end(); node++) {
                for (int r = 0; r < width && number(names[node]) >= 0; r++) {
                    sum[r] = Resources.add(sum[r], kinds[kind].allocatable()[r]);
                }
            }
        }
        return sum;
    }

    /** What is free in the pool; a node that holds too much counts 0. */
    public long[] free(PoolName pool) {
        long[] sum = new long[width];
        for (Kind kind : kinds) {
            for (int node = kind.first(); kind.poolName().equals(pool) && node < kind.end(); node++) {
                for (int r = 0; r < width; r++) {
                    sum[r] = Resources.add(sum[r], Math.max(0, free[node * width + r]));
                }
            }
        }
        return sum;
    }

    /** Which part of the pool is free, 0 to 1, in the mean of the resources of which {@code asked} has some. */
    double freePart(int pool, long[] asked) {
        double sum = 0;
        int resources = 0;
        for (int r = 0; r < width; r++) {
            double all = 0;
            double left = 0;
            for (Kind kind : kinds) {
                for (int node = kind.first(); asked[r] > 0 && kind.pool() == pool && node < kind.end(); node++) {
                    all += kind.allocatable()[r];
                    left += Math.max(0, free[node * width + r]);
                }
            }
            if (all > 0) {
                resources++;
                sum += left / all;
            }
        }
        return resources == 0 ? 1 : sum / resources;
    }

    /** What is free on the nodes where some role of the gang may run. */
    public long[] free(GangShape gang) {
        long[] sum = new long[width];
        for (int k = 0; k < kinds.length; k++) {
            boolean used = false;
            for (PodShape pod : gang.pods) {
                used |= pod.where.admits(k);
            }
            for (int node = kinds[k].first(); used && node < kinds[k].end(); node++) {
                for (int r = 0; r < width; r++) {
                    sum[r] = Resources.add(sum[r], Math.max(0, free[node * width + r]));
                }
            }
        }
        return sum;
    }

    /** True where the nodes that have some room for the pod have enough for {@code pods} of them in sum. */
    boolean isEnoughInSum(PodShape pod, int pods) {
        long[] sum = new long[width];
        long podsLeftInSum = 0;
        for (int kind : pod.where.kinds()) {
            for (int node = kinds[kind].first(); node < kinds[kind].end(); node++) {
                if (hasSomeRoom(node, pod.amounts)) {
                    podsLeftInSum += podsLeft[node];
                    for (int r = 0; r < width; r++) {
                        sum[r] = Resources.add(sum[r], Math.max(0, free[node * width + r]));
                    }
                }
            }
        }
        boolean enough = !pod.missing && podsLeftInSum >= pods;
        for (int r = 0; r < width; r++) {
            enough &= Resources.multiply(pod.amounts[r], pods) <= sum[r];
        }
        return enough;
    }

    private boolean hasSomeRoom(int node, long[] pod) {
        for (int r = 0; r < width; r++) {
            if (pod[r] > 0 && free[node * width + r] <= 0) {
                return false;
            }
        }
        return podsLeft[node] > 0;
    }

    /** How many more pods of this size the node takes now, at most {@code most}. */
    int capacity(int node, long[] pod, int most) {
        long pods = Math.min(most, podsLeft[node]);
        int base = node * width;
        for (int r = 0; r < width && pods > 0; r++) {
            long asked = pod[r];
            if (asked > 0) {
                long left = free[base + r];
                if (left < asked) {
                    return 0;
                }
                // Divides only where the quotient could matter.
                if (pods > 1) {
                    pods = Math.min(pods, quotient(left, asked));
                }
            }
        }
        return (int) Math.max(0, pods);
    }

    /**
     * {@code left / asked} of a {@code left} that is not less, several times as fast: below 2^53 a quotient that is no whole number is
     * further from the next one than rounding goes.
     */
    static long quotient(long left, long asked) {
        return left < EXACT ? (long) ((double) left / asked) : left / asked;
    }

    /** How full the node is, 0 to 1, in the mean of the resources that the pod asks: Volcano's binpack. */
    double fullness(int node, long[] pod) {
        long[] allocatable = kinds[kindOf[node]].allocatable();
        double sum = 0;
        int asked = 0;
        for (int r = 0; r < width; r++) {
            if (pod[r] > 0) {
                asked++;
                sum += 1 - (double) free[node * width + r] / allocatable[r];
            }
        }
        return asked == 0 ? 0 : Math.min(1, Math.max(0, sum / asked));
    }

    /** Calls {@code seen} for each node of the kind that takes at least one more such pod. */
    void each(int kind, long[] pod, IntConsumer seen) {
        for (int block = firstBlock[kind]; block < firstBlock[kind + 1]; block++) {
            if (blockMayTake(block, pod)) {
                for (int node = blockStart[block]; node < blockStart[block + 1]; node++) {
                    if (capacity(node, pod, 1) > 0) {
                        seen.accept(node);
                    }
                }
            }
        }
    }

    /** How many more such pods all nodes of the kind take together. */
    long count(int kind, long[] pod) {
        return count(kind, pod, Long.MAX_VALUE);
    }

    /** The same, or some number from {@code enough} on where they are that many: counts no further than that. */
    long count(int kind, long[] pod, long enough) {
        long count = 0;
        for (int block = firstBlock[kind]; block < firstBlock[kind + 1] && count < enough; block++) {
            if (blockMayTake(block, pod)) {
                for (int node = blockStart[block]; node < blockStart[block + 1]; node++) {
                    count += capacity(node, pod, Integer.MAX_VALUE);
                }
            }
        }
        return count;
    }

    private boolean blockMayTake(int block, long[] pod) {
        if (blockPods[block] <= 0) {
            return false;
        }
        int base = block * width;
        for (int r = 0; r < width; r++) {
            if (pod[r] > 0 && blockFree[base + r] < pod[r]) {
                return false;
            }
        }
        return true;
    }

    /** Also more than there is: what is free may be below 0. */
    public void take(int node, long[] pod, int pods) {
        change(node, pod, -(long) pods);
    }

    public void giveBack(int node, long[] pod, int pods) {
        change(node, pod, pods);
    }

    private void change(int node, long[] pod, long pods) {
        Headcount counting = headcount;
        if (counting != null) {
            counting.before(node);
        }
        int block = blockOf[node];
        boolean wasTheMost = false;
        for (int r = 0; r < width; r++) {
            long before = free[node * width + r];
            long after = before + pod[r] * pods;
            free[node * width + r] = after;
            if (after >= blockFree[block * width + r]) {
                blockFree[block * width + r] = after;
            } else {
                wasTheMost |= before == blockFree[block * width + r];
            }
        }
        int before = podsLeft[node];
        podsLeft[node] += (int) pods;
        if (podsLeft[node] >= blockPods[block]) {
            blockPods[block] = podsLeft[node];
        } else {
            wasTheMost |= before == blockPods[block];
        }
        if (wasTheMost) {
            refresh(block);
        }
        if (counting != null) {
            counting.after(node);
        }
    }

    /** From now on {@code count} is kept up, instead of an earlier one; null for none. */
    void keepUp(@Nullable Headcount count) {
        headcount = count;
    }

    /** Makes what is free on the node the less of what it is in both, of every resource and of pods. */
    public void lesserOf(Room one, Room other, int node) {
        for (int r = 0; r < width; r++) {
            int at = node * width + r;
            free[at] = Math.min(one.free[at], other.free[at]);
        }
        podsLeft[node] = Math.min(one.podsLeft[node], other.podsLeft[node]);
        refresh(blockOf[node]);
    }
}
