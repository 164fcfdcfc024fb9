package dev.muster.simulation;

import dev.muster.simulation.placement.Demand;
import dev.muster.simulation.placement.Floor;
import dev.muster.simulation.placement.Placement;
import dev.muster.simulation.placement.Request;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * Gangs that wait for room, the oldest first; one that does not fit does not hold back the next. Equal gangs get equal
 * answers, so of each shape only the oldest is tried.
 */
final class Backlog {
    private final Floor floor;
    private final Map<List<Demand>, Line> lines = new HashMap<>();
    private long arrivals;
    private long triedArrivals = -1;
    private long triedOpenings = -1;

    Backlog(Floor floor) {
        this.floor = floor;
    }

    void add(SimulatedGang gang) {
        lines.computeIfAbsent(gang.demands(), demands -> new Line(floor.request(demands)))
                .waiting
                .put(gang, arrivals++);
    }

    void remove(SimulatedGang gang) {
        Line line = lines.get(gang.demands());
        if (line != null && line.waiting.remove(gang) != null && line.waiting.isEmpty()) {
            lines.remove(gang.demands());
            line.request.close();
        }
    }

    /** Why the gang waits; empty where it does not. */
    String message(SimulatedGang gang) {
        Line line = lines.get(gang.demands());
        return line == null || !line.waiting.containsKey(gang) ? "" : line.request.explanation();
    }

    /** Tries every line that may fit; {@code bind} must remove the gang from here. */
    void retry(BiConsumer<SimulatedGang, Placement.Fits> bind) {
        if (triedArrivals == arrivals && triedOpenings == floor.openings()) {
            return;
        }
        triedArrivals = arrivals;
        triedOpenings = floor.openings();
        floor.count();
        PriorityQueue<Line> turn = new PriorityQueue<>(Comparator.comparingLong(Line::oldest));
        for (Line line : lines.values()) {
            if (line.request.mayFit()) {
                turn.add(line);
            }
        }
        while (!turn.isEmpty()) {
            Line line = turn.remove();
            if (line.request.place() instanceof Placement.Fits fits) {
                bind.accept(line.waiting.keySet().iterator().next(), fits);
                if (!line.waiting.isEmpty()) {
                    turn.add(line);
                }
            }
        }
    }

    /** Waiting gangs of one shape, the oldest first. */
    private static final class Line {
        private final Request request;
        private final Map<SimulatedGang, Long> waiting = new LinkedHashMap<>();

        Line(Request request) {
            this.request = request;
        }

        long oldest() {
            return waiting.values().iterator().next();
        }
    }
}
