package dev.muster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of the same that succeeded from {@code from} until before {@code to}, side by side by how many pods they had; the smallest first. */
public record Scaling(String team, String name, Instant from, Instant to, List<Point> points) {
    /**
     * Runs of so many pods, on the mean of their time. Seconds are from when the gang stood until its end; {@code coreHours} and
     * {@code cost} (absent: no price) are the middle run's. {@code speedup} compares with the smallest size, {@code efficiency} with
     * what so many more pods could gain at best.
     */
    public record Point(
            int pods,
            int runs,
            double fastestSeconds,
            double medianSeconds,
            double slowestSeconds,
            double coreHours,
            @Nullable Double cost,
            double speedup,
            double efficiency) {}
}
