package dev.muster.cycle;

import dev.muster.postgres.EventStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** When gangs were evicted in the last minute, by this leader and those before it. Used by the cycle's thread alone. */
@ApplicationScoped
public class EvictionRate {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final EventStore events;
    private final Deque<Instant> times = new ArrayDeque<>();

    EvictionRate(EventStore events) {
        this.events = events;
    }

    /** Reads what earlier leaders have written. */
    void begin() {
        times.clear();
        times.addAll(events.evictions());
    }

    void evicted(int gangs, Instant now) {
        for (int i = 0; i < gangs; i++) {
            times.add(now);
        }
    }

    int lately(Instant now) {
        while (!times.isEmpty() && !times.peek().isAfter(now.minus(MINUTE))) {
            times.remove();
        }
        return times.size();
    }
}
