package dev.muster.quota.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.node.Node;
import dev.muster.quota.node.NodeAffinity;
import dev.muster.quota.resource.ResourceIndex;
import dev.muster.quota.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeadcountTest {
    private static Room room(int nodes) {
        List<Node> all = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            all.add(new Node(
                    new NodeName("node-" + n),
                    new PoolName("pool-" + n % 2),
                    Map.of(),
                    List.of(),
                    Resources.of(Map.of("cpu", 8L, "memory", 8L)),
                    Resources.NONE,
                    10,
                    0,
                    true));
        }
        ResourceIndex index = ResourceIndex.of(List.of(all.get(0).allocatable()));
        return new RoomBuilder(index, all).build(new TreeSet<>());
    }

    private static long naive(Room room, PodShape pod) {
        long fits = 0;
        for (int node = 0; node < room.nodes(); node++) {
            fits += pod.where.admits(room.kindOf(node)) ? room.capacity(node, pod.amounts, Integer.MAX_VALUE) : 0;
        }
        return fits;
    }

    @Test
    void it_is_what_counting_anew_gives_whatever_is_taken_and_given_back() {
        Random random = new Random(1);
        for (int world = 0; world < 20; world++) {
            Room room = room(1 + random.nextInt(100));
            Packer packer = new Packer(room);
            Places places = new Places(room);
            PodShape pod = new PodShape(
                    new long[] {random.nextInt(4), random.nextInt(4)},
                    random.nextBoolean()
                            ? places.of(NodeAffinity.ANY, List.of(), Set.of())
                            : places.in(new PoolName("pool-0")),
                    false);
            Headcount count = new Headcount(room, pod);
            room.keepUp(count);
            for (int change = 0; change < 60; change++) {
                int node = random.nextInt(room.nodes());
                long[] amounts = {random.nextInt(5), random.nextInt(5)};
                int pods = random.nextInt(4);
                if (random.nextBoolean()) {
                    room.take(node, amounts, pods);
                } else {
                    room.giveBack(node, amounts, pods);
                }
                assertThat(count.fits()).isEqualTo(naive(room, pod)).isEqualTo(packer.count(pod));
            }
        }
    }
}
