package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import dev.muster.quota.name.PoolName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Volcano's allocate for one gang: pod after pod to the node with the highest score, all or nothing; the first node where
 * scores are equal (Volcano picks at random). Equal pods follow one another, and a node's score only rises while it fills, so
 * the best node stays the best until it is full: each demand scores every node once.
 */
final class Packing {
    private final BinpackWeights weights;
    private final ResourceIndex index;
    private final List<NodeName> chosen = new ArrayList<>();
    private final List<Seat> taken = new ArrayList<>();

    Packing(BinpackWeights weights, ResourceIndex index) {
        this.weights = weights;
        this.index = index;
    }

    Placement place(List<Demand> demands, Map<PoolName, List<Machine>> pools) {
        try {
            for (Demand demand : demands) {
                List<Machine> pool = pools.getOrDefault(demand.pool(), List.of());
                int fits = fill(demand, pool);
                if (fits < demand.pods()) {
                    int all = demands.stream().mapToInt(Demand::pods).sum();
                    return new Placement.Refused(
                            Refusal.message(demand, index.ask(demand.resources(), weights), fits, all, pool));
                }
            }
            return new Placement.Fits(List.copyOf(chosen));
        } finally {
            taken.forEach(Seat::leave);
        }
    }

    private int fill(Demand demand, List<Machine> pool) {
        Ask ask = index.ask(demand.resources(), weights);
        PriorityQueue<Candidate> best = candidates(demand, ask, pool);
        int placed = 0;
        while (placed < demand.pods() && !best.isEmpty()) {
            Machine machine = best.remove().machine();
            while (placed < demand.pods() && machine.fits(ask)) {
                taken.add(new Seat(machine, ask));
                chosen.add(machine.node().name());
                placed++;
            }
        }
        return placed;
    }

    private PriorityQueue<Candidate> candidates(Demand demand, Ask ask, List<Machine> pool) {
        Admission admission = new Admission(demand);
        List<Machine> fitting = new ArrayList<>();
        int mostPreferred = 0;
        for (Machine machine : pool) {
            if (machine.node().ready() && machine.fits(ask) && admission.admits(machine.node())) {
                fitting.add(machine);
                mostPreferred = Math.max(mostPreferred, admission.preference(machine.node()));
            }
        }
        List<Candidate> scored = new ArrayList<>(fitting.size());
        for (int i = 0; i < fitting.size(); i++) {
            Machine machine = fitting.get(i);
            double preference = mostPreferred == 0
                    ? 0
                    : weights.nodeAffinity() * 100.0 * admission.preference(machine.node()) / mostPreferred;
            scored.add(new Candidate(machine, ask.score(machine, weights.weight()) + preference, i));
        }
        return new PriorityQueue<>(scored);
    }

    private record Candidate(Machine machine, double score, int order) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byScore = Double.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(order, other.order);
        }
    }
}
