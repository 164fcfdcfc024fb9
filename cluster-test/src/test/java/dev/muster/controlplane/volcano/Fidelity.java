package dev.muster.controlplane.volcano;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How often a model starts the gangs that a real Volcano started, of the same scenarios. */
record Fidelity(int scenarios, List<Miss> misses) {
    private static final int ORDERS = 100;

    Fidelity {
        misses = List.copyOf(misses);
    }

    /** A scenario that came out differently; {@code byChance} where another choice among nodes of equal score explains it. */
    record Miss(String scenario, Set<String> real, Set<String> model, boolean byChance) {
        @Override
        public String toString() {
            Set<String> more = new TreeSet<>(model);
            more.removeAll(real);
            Set<String> fewer = new TreeSet<>(real);
            fewer.removeAll(model);
            return "%s: only the model starts %s, only the real one %s%s"
                    .formatted(scenario, more, fewer, byChance ? " (nodes of equal score)" : "");
        }
    }

    static Fidelity of(
            Collection<Scenario> scenarios, Map<String, Set<String>> real, Function<Scenario, Set<String>> model) {
        List<Miss> misses = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Set<String> seen = real.get(scenario.name());
            if (seen == null) {
                throw new IllegalArgumentException("No real Volcano was asked about " + scenario.name());
            }
            Set<String> started = model.apply(scenario);
            if (!started.equals(seen)) {
                boolean byChance = IntStream.range(0, ORDERS)
                        .anyMatch(order -> model.apply(scenario.shuffled(order)).equals(seen));
                misses.add(new Miss(scenario.name(), seen, started, byChance));
            }
        }
        return new Fidelity(scenarios.size(), misses);
    }

    double share() {
        return 1 - (double) misses.size() / scenarios;
    }

    List<Miss> unexplained() {
        return misses.stream().filter(miss -> !miss.byChance()).toList();
    }
}
