package dev.muster.simulation;

import dev.muster.quota.name.PoolName;
import dev.muster.simulation.placement.Demand;
import dev.muster.simulation.placement.Placement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Gangs that wait for room, the oldest first; one that does not fit does not hold back the next. Equal gangs get equal
 * answers, so of each shape only the oldest is tried, and only after something changed in one of its pools.
 */
final class Backlog {
    private final Map<List<Demand>, Line> lines = new HashMap<>();
    private final Map<PoolName, Long> changes = new HashMap<>();
    private long arrivals;
    private boolean stirred;

    void add(SimulatedGang gang) {
        Line line = lines.computeIfAbsent(gang.demands(), Line::new);
        line.waiting.put(gang, arrivals++);
        stirred = true;
    }

    void remove(SimulatedGang gang) {
        Line line = lines.get(gang.demands());
        if (line != null && line.waiting.remove(gang) != null && line.waiting.isEmpty()) {
            lines.remove(gang.demands());
        }
    }

    /** Room may have come in the pool. */
    void changed(PoolName pool) {
        changes.merge(pool, 1L, Long::sum);
        stirred = true;
    }

    /** Why the gang waits; empty where it was not tried yet or does not wait. */
    String message(SimulatedGang gang) {
        Line line = lines.get(gang.demands());
        return line == null || !line.waiting.containsKey(gang) ? "" : line.message;
    }

    /** Tries every line whose pools changed; {@code bind} must remove the gang from here. */
    void retry(Function<List<Demand>, Placement> place, BiConsumer<SimulatedGang, Placement.Fits> bind) {
        if (!stirred) {
            return;
        }
        stirred = false;
        PriorityQueue<Line> turn = new PriorityQueue<>(Comparator.comparingLong(Line::oldest));
        for (Line line : lines.values()) {
            if (line.triedAt != stamp(line)) {
                turn.add(line);
            }
        }
        while (!turn.isEmpty()) {
            Line line = turn.remove();
            long stamp = stamp(line);
            Placement answer = place.apply(line.demands);
            if (answer instanceof Placement.Fits fits) {
                bind.accept(line.waiting.keySet().iterator().next(), fits);
                if (!line.waiting.isEmpty()) {
                    turn.add(line);
                }
            } else if (answer instanceof Placement.Refused refused) {
                line.message = refused.message();
                line.triedAt = stamp;
            }
        }
    }

    private long stamp(Line line) {
        long sum = 0;
        for (Demand demand : line.demands) {
            sum += changes.getOrDefault(demand.pool(), 0L);
        }
        return sum;
    }

    /** Waiting gangs of one shape, the oldest first. */
    private static final class Line {
        private final List<Demand> demands;
        private final Map<SimulatedGang, Long> waiting = new LinkedHashMap<>();
        private long triedAt = -1;
        private String message = "";

        Line(List<Demand> demands) {
            this.demands = demands;
        }

        long oldest() {
            return waiting.values().iterator().next();
        }
    }
}
