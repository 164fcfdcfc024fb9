package dev.muster.simulation.placement;

import dev.muster.quota.name.NodeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Volcano's allocate for one gang: pod after pod to the node with the highest score, all or nothing; the first node where
 * scores are equal (Volcano picks at random). Equal pods follow one another, and a node's score only rises while it fills, so
 * the best node stays the best until it is full: each demand scores every node once.
 */
final class Packing {
    private final Floor floor;
    private final BinpackWeights weights;
    private final List<NodeName> chosen = new ArrayList<>();
    private final List<Seat> taken = new ArrayList<>();

    Packing(Floor floor, BinpackWeights weights) {
        this.floor = floor;
        this.weights = weights;
    }

    Placement place(List<Demand> demands) {
        try {
            for (Demand demand : demands) {
                if (fill(demand) < demand.pods()) {
                    return new Placement.Refused();
                }
            }
            return new Placement.Fits(List.copyOf(chosen));
        } finally {
            taken.forEach(Seat::leave);
        }
    }

    /** Why the demands are refused; empty where they are not. */
    String explain(List<Demand> demands) {
        try {
            for (Demand demand : demands) {
                int fits = fill(demand);
                if (fits < demand.pods()) {
                    int all = demands.stream().mapToInt(Demand::pods).sum();
                    return Refusal.message(demand, floor.ask(demand), fits, all, floor.machines(demand));
                }
            }
            return "";
        } finally {
            taken.forEach(Seat::leave);
        }
    }

    private int fill(Demand demand) {
        Ask ask = floor.ask(demand);
        Ranking best = rank(demand, ask);
        int placed = 0;
        while (placed < demand.pods() && !best.isEmpty()) {
            Machine machine = best.takeBest();
            while (placed < demand.pods() && machine.fits(ask)) {
                taken.add(new Seat(machine, ask));
                chosen.add(machine.node().name());
                placed++;
            }
        }
        return placed;
    }

    private Ranking rank(Demand demand, Ask ask) {
        Admission admission = floor.admission(demand);
        List<Machine> fitting = new ArrayList<>();
        int mostPreferred = 0;
        for (Machine machine : floor.machines(demand)) {
            if (machine.fits(ask) && admission.admits(machine.node())) {
                fitting.add(machine);
                mostPreferred = Math.max(mostPreferred, admission.preference(machine.node()));
            }
        }
        double[] scores = new double[fitting.size()];
        for (int i = 0; i < scores.length; i++) {
            Machine machine = fitting.get(i);
            scores[i] = ask.score(machine, weights.weight());
            if (mostPreferred > 0) {
                scores[i] += weights.nodeAffinity() * 100.0 * admission.preference(machine.node()) / mostPreferred;
            }
        }
        return new Ranking(fitting, scores);
    }
}
