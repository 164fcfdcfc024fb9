package dev.muster.simulation.fill;

import dev.muster.simulation.event.Chance;
import java.util.ArrayList;
import java.util.List;

/** Pods of a recording by lot, more or fewer of them, so that together they ask so much of all GPUs; as ATC '23 does. */
final class Arriving {
    private Arriving() {}

    static List<FillPod> of(List<FillPod> recorded, List<FillNode> nodes, double times, long seed) {
        Chance chance = Chance.of(seed, "arriving");
        List<FillPod> pods = new ArrayList<>(recorded);
        double wanted = times * capacity(nodes);
        double asked = pods.stream().mapToLong(FillPod::gpuDemand).sum();
        while (asked < wanted) {
            FillPod another = recorded.get(chance.below(recorded.size()));
            pods.add(another);
            asked += another.gpuDemand();
        }
        while (asked > wanted && pods.size() > 1) {
            int at = chance.below(pods.size());
            asked -= pods.get(at).gpuDemand();
            pods.set(at, pods.get(pods.size() - 1));
            pods.remove(pods.size() - 1);
        }
        for (int i = pods.size() - 1; i > 0; i--) {
            int other = chance.below(i + 1);
            FillPod pod = pods.get(i);
            pods.set(i, pods.get(other));
            pods.set(other, pod);
        }
        return pods;
    }

    static double capacity(List<FillNode> nodes) {
        return nodes.stream().mapToLong(FillNode::gpus).sum() * (double) FillPod.WHOLE;
    }
}
