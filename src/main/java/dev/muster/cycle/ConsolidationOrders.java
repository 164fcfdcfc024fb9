package dev.muster.cycle;

import dev.muster.quota.name.NodeName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes that somebody wants emptied. They are looked at anew by the next cycles, for a minute: what has changed meanwhile is not done.
 * Only in memory: what a crash forgets was not begun. Safe for any thread.
 */
@ApplicationScoped
public class ConsolidationOrders {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<NodeName, Order> wanted = new ConcurrentHashMap<>();

    /** Who wants it and why. */
    public record Order(String actor, String why, Instant at) {}

    public void want(NodeName node, Order order) {
        wanted.put(node, order);
    }

    boolean isAny() {
        return !wanted.isEmpty();
    }

    /** Those that are not too old. */
    Map<NodeName, Order> at(Instant now) {
        wanted.values().removeIf(order -> order.at().isBefore(now.minus(PATIENCE)));
        return new HashMap<>(wanted);
    }

    void done(NodeName node) {
        wanted.remove(node);
    }
}
