package dev.muster.quota.usage;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs of the same side by side, the smallest first: what more pods gained in time, and what they cost. */
public record ScalingCurve(List<Point> points) {
    /**
     * The runs of about so many pods. {@code speedup}: how many times as fast as those of the smallest size; {@code efficiency}: that,
     * of what so many more pods could gain at best. The middle ones of time, core-hours and cost; {@code cost} is null where one of
     * them has none.
     */
    public record Point(
            int pods,
            int runs,
            Duration fastest,
            Duration median,
            Duration slowest,
            double coreHours,
            @Nullable BigDecimal cost,
            double speedup,
            double efficiency) {}

    public ScalingCurve {
        points = List.copyOf(points);
    }

    public static ScalingCurve of(List<SizedRun> runs, Prices prices) {
        SortedMap<Integer, List<SizedRun>> bySize = new TreeMap<>();
        runs.forEach(run ->
                bySize.computeIfAbsent(run.pods(), size -> new ArrayList<>()).add(run));
        List<Point> points = new ArrayList<>();
        bySize.forEach(
                (pods, alike) -> points.add(point(pods, alike, prices, points.isEmpty() ? null : points.get(0))));
        return new ScalingCurve(points);
    }

    private static Point point(int pods, List<SizedRun> runs, Prices prices, @Nullable Point smallest) {
        List<Duration> times = runs.stream().map(SizedRun::time).sorted().toList();
        Duration median = middle(times);
        double speedup = smallest == null ? 1 : (double) smallest.median().toMillis() / Math.max(1, median.toMillis());
        List<BigDecimal> costs = new ArrayList<>();
        for (SizedRun run : runs) {
            BigDecimal cost = run.cost(prices);
            if (cost != null) {
                costs.add(cost);
            }
        }
        costs.sort(Comparator.naturalOrder());
        return new Point(
                pods,
                runs.size(),
                times.get(0),
                median,
                times.get(times.size() - 1),
                middle(runs.stream().map(SizedRun::coreHours).sorted().toList()),
                costs.size() < runs.size() ? null : middle(costs),
                speedup,
                smallest == null ? 1 : speedup * smallest.pods() / pods);
    }

    private static <T> T middle(List<T> sorted) {
        return sorted.get((sorted.size() - 1) / 2);
    }
}
