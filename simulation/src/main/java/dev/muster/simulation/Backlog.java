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
 * Parties that wait for room, the oldest first; one that does not fit does not hold back the next. Equal ones get equal
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

    void add(Party party) {
        lines.computeIfAbsent(party.demands(), demands -> new Line(floor.request(demands)))
                .waiting
                .put(party, arrivals++);
    }

    void remove(Party party) {
        Line line = lines.get(party.demands());
        if (line != null && line.waiting.remove(party) != null && line.waiting.isEmpty()) {
            lines.remove(party.demands());
            line.request.close();
        }
    }

    /** Why the party waits; empty where it does not. */
    String message(Party party) {
        Line line = lines.get(party.demands());
        return line == null || !line.waiting.containsKey(party) ? "" : line.request.explanation();
    }

    /** Tries every line that may fit; {@code bind} must remove the party from here. */
    void retry(BiConsumer<Party, Placement.Fits> bind) {
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

    /** Waiting parties of one shape, the oldest first. */
    private static final class Line {
        private final Request request;
        private final Map<Party, Long> waiting = new LinkedHashMap<>();

        Line(Request request) {
            this.request = request;
        }

        long oldest() {
            return waiting.values().iterator().next();
        }
    }
}
