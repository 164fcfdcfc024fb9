package dev.muster.quota.fit;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Where the pods of a gang find room: so many pods of this role on this node. Grows while a gang is packed. */
public final class Placement {
    private final Room room;
    private final GangShape gang;
    private int[] spots = new int[12];
    private int size;

    Placement(Room room, GangShape gang) {
        this.room = room;
        this.gang = gang;
    }

    void add(int role, int node, int pods) {
        if (size + 3 > spots.length) {
            spots = Arrays.copyOf(spots, spots.length * 2);
        }
        spots[size++] = role;
        spots[size++] = node;
        spots[size++] = pods;
    }

    int spots() {
        return size / 3;
    }

    int role(int spot) {
        return spots[spot * 3];
    }

    int node(int spot) {
        return spots[spot * 3 + 1];
    }

    int pods(int spot) {
        return spots[spot * 3 + 2];
    }

    void clear() {
        size = 0;
    }

    /** Takes the same room from another copy of the nodes. */
    public void takeFrom(Room other) {
        for (int spot = 0; spot < spots(); spot++) {
            other.take(node(spot), gang.pods[role(spot)].amounts, pods(spot));
        }
    }

    /** Numbers of the nodes. */
    public IntStream nodes() {
        return IntStream.range(0, spots()).map(this::node);
    }

    /** Of each role how many pods go to which pool. */
    public Map<RoleName, Map<PoolName, Integer>> pools() {
        Map<RoleName, Map<PoolName, Integer>> pools = new TreeMap<>();
        for (int spot = 0; spot < spots(); spot++) {
            pools.computeIfAbsent(gang.role(role(spot)), role -> new TreeMap<>())
                    .merge(room.poolOf(node(spot)), pods(spot), Integer::sum);
        }
        return pools;
    }

    /** One entry for each role and node, by role and node. */
    public List<Spot> byNode() {
        SortedMap<RoleName, SortedMap<NodeName, Spot>> sorted = new TreeMap<>();
        for (int spot = 0; spot < spots(); spot++) {
            int at = spot;
            sorted.computeIfAbsent(gang.role(role(spot)), role -> new TreeMap<>())
                    .merge(
                            room.nodeName(node(spot)),
                            new Spot(gang.role(role(at)), room.poolOf(node(at)), room.nodeName(node(at)), pods(at)),
                            Spot::plus);
        }
        List<Spot> all = new ArrayList<>();
        sorted.values().forEach(spots -> all.addAll(spots.values()));
        return all;
    }

    /** {@code pods} pods of a role on a node. */
    public record Spot(RoleName role, PoolName pool, NodeName node, int pods) {
        private Spot plus(Spot other) {
            return new Spot(role, pool, node, pods + other.pods);
        }
    }
}
