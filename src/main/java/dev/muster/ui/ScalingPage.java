package dev.muster.ui;

import dev.muster.job.Series;
import dev.muster.quota.usage.ScalingCurve;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs of the same by how many pods they had: a pair of bars each, time and cost, of the tallest in percent. */
public record ScalingPage(Frame frame, String team, String name, List<Column> columns, String sentence) {
    private static final double FULL = 100;
    private static final double PART = 0.36;

    /** One size. {@code costHeight} is 0 where no price is known. */
    public record Column(
            String pods,
            int runs,
            String fastest,
            String median,
            String slowest,
            String cores,
            String cost,
            String speedup,
            String efficiency,
            String x,
            String costX,
            String width,
            String cell,
            String cellWidth,
            String y,
            String height,
            String costY,
            String costHeight) {}

    static ScalingPage of(Frame frame, Series series, ScalingCurve curve) {
        List<ScalingCurve.Point> points = curve.points();
        long slowest = points.stream()
                .mapToLong(point -> point.median().toMillis())
                .max()
                .orElse(1);
        double dearest = points.stream()
                .map(ScalingCurve.Point::cost)
                .mapToDouble(cost -> cost == null ? 0 : cost.doubleValue())
                .max()
                .orElse(0);
        List<Column> columns = new ArrayList<>();
        double cell = FULL / Math.max(1, points.size());
        for (ScalingCurve.Point point : points) {
            columns.add(column(point, columns.size() * cell, cell, Math.max(1, slowest), dearest));
        }
        return new ScalingPage(frame, series.team().value(), series.name(), columns, sentence(points));
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    public String command() {
        return "muster scaling %s --team %s".formatted(name, team);
    }

    private static Column column(ScalingCurve.Point point, double left, double cell, long slowest, double dearest) {
        double height = FULL * point.median().toMillis() / slowest;
        BigDecimal cost = point.cost();
        double costHeight = cost == null || dearest <= 0 ? 0 : FULL * cost.doubleValue() / dearest;
        return new Column(
                Integer.toString(point.pods()),
                point.runs(),
                time(point.fastest()),
                time(point.median()),
                time(point.slowest()),
                number(point.coreHours()),
                cost == null ? "–" : number(cost.doubleValue()),
                number(point.speedup()) + " ×",
                "%.0f %%".formatted(FULL * point.efficiency()),
                number(left + cell * (0.5 - PART)),
                number(left + cell / 2),
                number(cell * PART),
                number(left),
                number(cell),
                number(FULL - height),
                number(height),
                number(FULL - costHeight),
                number(costHeight));
    }

    /** The smallest and the fastest size in words. */
    static String sentence(List<ScalingCurve.Point> points) {
        if (points.size() < 2) {
            return points.isEmpty()
                    ? "No run has succeeded in that time."
                    : "All runs had as many pods: there is nothing to compare.";
        }
        ScalingCurve.Point few = points.get(0);
        ScalingCurve.Point fastest = points.stream()
                .reduce((one, other) -> other.median().compareTo(one.median()) < 0 ? other : one)
                .orElseThrow();
        if (fastest.pods() == few.pods()) {
            return "No size is faster than %d pods, which take %s.".formatted(few.pods(), time(few.median()));
        }
        BigDecimal before = few.cost();
        BigDecimal after = fastest.cost();
        String cost = before == null || after == null || before.signum() == 0
                ? ""
                : ", for %s × the cost".formatted(number(after.doubleValue() / before.doubleValue()));
        return "%d pods take %s, %d take %s: %s × as fast with %s × the pods%s."
                .formatted(
                        few.pods(),
                        time(few.median()),
                        fastest.pods(),
                        time(fastest.median()),
                        number(fastest.speedup()),
                        number((double) fastest.pods() / few.pods()),
                        cost);
    }

    private static String time(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
                : "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
