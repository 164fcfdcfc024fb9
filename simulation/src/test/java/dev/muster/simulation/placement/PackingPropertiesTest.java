package dev.muster.simulation.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The fast packing against the slow one: each pod looks at every node, as Volcano does. */
class PackingPropertiesTest {
    /** A demand on the one pool: pods, and cpu and memory of each. */
    record Asked(int pods, int cpu, int memory) {}

    @Property(tries = 500, seed = "20261121")
    void filling_node_by_node_is_choosing_node_by_node(
            @ForAll("rooms") List<int[]> rooms, @ForAll("asks") List<Asked> asks) {
        Floor floor = new Floor(BinpackWeights.VOLCANO);
        for (int i = 0; i < rooms.size(); i++) {
            floor.put(node(i, rooms.get(i)));
        }
        List<Demand> demands = new ArrayList<>();
        for (Asked asked : asks) {
            demands.add(new Demand(
                    new RoleName("r" + demands.size()),
                    new PoolName("pool"),
                    asked.pods(),
                    Resources.of(Map.of("cpu", (long) asked.cpu(), "memory", (long) asked.memory())),
                    NodeAffinity.ANY,
                    List.of()));
        }
        List<Integer> expected = slow(rooms, asks);
        Placement placement = floor.request(demands).place();
        if (expected.isEmpty()) {
            assertThat(placement).isInstanceOf(Placement.Refused.class);
        } else {
            assertThat(placement)
                    .isEqualTo(new Placement.Fits(expected.stream()
                            .map(i -> new NodeName("pool-" + i))
                            .toList()));
        }
    }

    /** The node of each pod; empty where not all fit. */
    private static List<Integer> slow(List<int[]> rooms, List<Asked> asks) {
        Map<Integer, long[]> used = new HashMap<>();
        List<Integer> chosen = new ArrayList<>();
        for (Asked asked : asks) {
            for (int pod = 0; pod < asked.pods(); pod++) {
                int best = -1;
                double bestScore = -1;
                for (int i = 0; i < rooms.size(); i++) {
                    long[] taken = used.computeIfAbsent(i, node -> new long[3]);
                    long cpu = taken[0] + asked.cpu();
                    long memory = taken[1] + asked.memory();
                    int[] room = rooms.get(i);
                    if (cpu <= room[0] && memory <= room[1] && taken[2] < room[2]) {
                        double score = ((double) cpu / room[0] + (double) memory / room[1]) / 2 * 100;
                        if (score > bestScore) {
                            best = i;
                            bestScore = score;
                        }
                    }
                }
                if (best < 0) {
                    return List.of();
                }
                long[] taken = used.get(best);
                taken[0] += asked.cpu();
                taken[1] += asked.memory();
                taken[2]++;
                chosen.add(best);
            }
        }
        return chosen;
    }

    @Provide
    Arbitrary<List<int[]>> rooms() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(1, 6))
                .as((cpu, memory, pods) -> new int[] {cpu, memory, pods})
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Asked>> asks() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(1, 6))
                .as(Asked::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Node node(int number, int[] room) {
        return new Node(
                new NodeName("pool-" + number),
                new PoolName("pool"),
                Map.of(),
                List.of(),
                Resources.of(Map.of("cpu", (long) room[0], "memory", (long) room[1])),
                Resources.NONE,
                room[2],
                0,
                true);
    }
}
