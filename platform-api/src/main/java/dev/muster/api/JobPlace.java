package dev.muster.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A waiting job's place taken apart, in the order in which it counts: the shares of the queues from the top down, were it the
 * next of each; then {@code priority} = {@code priorityClass} + {@code aging}; then since when it waits. {@code inQueue} counts
 * from 1.
 */
public record JobPlace(
        List<Share> shares,
        int priority,
        int priorityClass,
        int aging,
        Instant since,
        Duration age,
        int inQueue,
        int ofQueue) {
    /**
     * {@code within}: within what the queue deserves, then {@code value} is (used + asked) ÷ deserved; else (used + asked −
     * deserved) ÷ (weight × supply). {@code resource} is the one that says so.
     */
    public record Share(
            String queue,
            boolean within,
            double value,
            @Nullable String resource) {}
}
