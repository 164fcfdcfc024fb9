package dev.muster.simulation.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A gang's shape that asks for room again and again. It keeps a tally of how many of its pods have room, so that it is known at
 * once when there cannot be enough.
 */
public final class Request {
    private final Floor floor;
    private final List<Demand> demands;
    private final Map<Tally, Integer> needed = new HashMap<>();
    private long refusedAt = -1;
    private long explainedAt = -1;
    private String explanation = "";

    Request(Floor floor, List<Demand> demands) {
        this.floor = floor;
        this.demands = demands;
    }

    /** False where it is certain that {@link #place} would refuse. */
    public boolean mayFit() {
        if (refusedAt == floor.openings()) {
            return false;
        }
        for (Map.Entry<Tally, Integer> need : needed.entrySet()) {
            if (need.getKey().total() < need.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Where the gang's pods would go now; nothing is taken. */
    public Placement place() {
        Placement placement = floor.packing().place(demands);
        if (placement instanceof Placement.Refused) {
            refusedAt = floor.openings();
            if (needed.isEmpty()) {
                demands.forEach(demand -> needed.merge(floor.use(demand), demand.pods(), Integer::sum));
            }
        }
        return placement;
    }

    /** Why there is no room now, in a sentence; empty where there is. */
    public String explanation() {
        if (explainedAt != floor.version()) {
            explanation = floor.packing().explain(demands);
            explainedAt = floor.version();
        }
        return explanation;
    }

    /** Nobody asks any more. */
    public void close() {
        if (!needed.isEmpty()) {
            demands.forEach(floor::leave);
            needed.clear();
        }
    }
}
