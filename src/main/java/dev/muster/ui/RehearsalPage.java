package dev.muster.ui;

import dev.muster.api.PolicyChange;
import dev.muster.postgres.Rehearsal;
import dev.muster.simulation.measure.ClassWait;
import dev.muster.simulation.measure.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would have done with the recorded load, side by side with the one in force then. {@code applied}: the policy that was tried is
 * in force now; {@code stale}: neither is, another one was applied meanwhile.
 */
public record RehearsalPage(
        Frame frame,
        String id,
        String state,
        String css,
        boolean open,
        int percent,
        String actor,
        Moment asked,
        Moment from,
        Moment to,
        List<PolicyChange> changes,
        @Nullable String trouble,
        List<String> remarks,
        List<Row> rows,
        List<Wait> waits,
        @Nullable Chart chart,
        Answer answer) {
    /** A figure of both sides; {@code verdict}: better, worse, or nothing where that cannot be said. */
    public record Row(String name, String meaning, String inForce, String tried, String change, String verdict) {}

    /** How long jobs of one priority waited on both sides. */
    public record Wait(
            String priority,
            int jobs,
            String p50,
            String triedP50,
            String p95,
            String triedP95,
            String change,
            String verdict) {}

    /** How many jobs waited over time, as points of two lines. */
    public record Chart(String inForce, String tried, int most, String hours, String sentence) {}

    /** What can be done with it: {@code values} and {@code revision} are those of the form that applies it. */
    public record Answer(boolean mayApply, boolean applied, boolean stale, String values, long revision, long now) {}

    private static final List<Measure> FIGURES = List.of(
            Measure.DONE,
            Measure.FAILED,
            Measure.NEVER_STARTED,
            Measure.WAIT_P50,
            Measure.WAIT_P95,
            Measure.WAIT_SMALL_P95,
            Measure.WAIT_LARGE_P95,
            Measure.EVICTIONS,
            Measure.LOST_HOURS,
            Measure.UTILISATION,
            Measure.STRANDED,
            Measure.VAIN_HOURS,
            Measure.MAKESPAN);

    private static final List<Measure> LENGTHS = List.of(
            Measure.WAIT_P50, Measure.WAIT_P95, Measure.WAIT_SMALL_P95, Measure.WAIT_LARGE_P95, Measure.MAKESPAN);
    private static final List<Measure> SHARES = List.of(Measure.UTILISATION, Measure.STRANDED);
    private static final List<Measure> MORE_IS_BETTER = List.of(Measure.DONE, Measure.UTILISATION);
    private static final double NOTHING = 1e-9;

    static String word(Rehearsal.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String css(Rehearsal.State state) {
        return switch (state) {
            case WAITING -> "s-queued";
            case RUNNING -> "s-running";
            case DONE -> "s-succeeded";
            case FAILED -> "s-failed";
            case CANCELLED -> "s-cancelled";
        };
    }

    static List<Row> rows(Rehearsal.@Nullable Result result) {
        if (result == null) {
            return List.of();
        }
        return FIGURES.stream()
                .map(measure -> {
                    double was = result.inForce().figures().getOrDefault(measure, 0.0);
                    double is = result.tried().figures().getOrDefault(measure, 0.0);
                    DoubleFunction<String> text = text(measure);
                    return new Row(
                            measure.heading().replaceFirst(" h$", ""),
                            measure.words(),
                            text.apply(was),
                            text.apply(is),
                            change(was, is, text),
                            verdict(was, is, MORE_IS_BETTER.contains(measure)));
                })
                .toList();
    }

    /** {@code classes}: what jobs of a priority are called. */
    static List<Wait> waits(Rehearsal.@Nullable Result result, Map<Integer, String> classes) {
        if (result == null) {
            return List.of();
        }
        Map<Integer, ClassWait> tried =
                result.tried().waits().stream().collect(Collectors.toMap(ClassWait::priority, wait -> wait));
        return result.inForce().waits().stream()
                .map(was -> {
                    ClassWait is = tried.getOrDefault(was.priority(), was);
                    String name = classes.get(was.priority());
                    return new Wait(
                            name == null ? Integer.toString(was.priority()) : was.priority() + " " + name,
                            was.jobs(),
                            span(was.p50()),
                            span(is.p50()),
                            span(was.p95()),
                            span(is.p95()),
                            change(was.p95(), is.p95(), RehearsalPage::span),
                            verdict(was.p95(), is.p95(), false));
                })
                .toList();
    }

    static @Nullable Chart chart(Rehearsal.@Nullable Result result) {
        if (result == null || result.inForce().course().isEmpty()) {
            return null;
        }
        List<Rehearsal.Point> all = new ArrayList<>(result.inForce().course());
        all.addAll(result.tried().course());
        int most = all.stream().mapToInt(Rehearsal.Point::waiting).max().orElse(0);
        double hours = all.stream().mapToDouble(Rehearsal.Point::hours).max().orElse(0);
        if (most == 0) {
            return null; // a line on the ground says nothing that the waits do not
        }
        return new Chart(
                points(result.inForce().course(), most, hours),
                points(result.tried().course(), most, hours),
                most,
                span(hours),
                "Jobs that wait, over %s: at most %d with the policy in force, %d with the one that was tried"
                        .formatted(span(hours), most(result.inForce()), most(result.tried())));
    }

    private static int most(Rehearsal.Side side) {
        return side.course().stream().mapToInt(Rehearsal.Point::waiting).max().orElse(0);
    }

    private static String points(List<Rehearsal.Point> course, int most, double hours) {
        return course.stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        hours <= 0 ? 0 : point.hours() / hours * 1000,
                        most == 0 ? 100 : 100 - 100.0 * point.waiting() / most))
                .collect(Collectors.joining(" "));
    }

    private static DoubleFunction<String> text(Measure measure) {
        if (LENGTHS.contains(measure)) {
            return RehearsalPage::span;
        }
        return SHARES.contains(measure)
                ? share -> String.format(Locale.ROOT, "%.1f %%", share * 100)
                : RehearsalPage::number;
    }

    private static String change(double was, double is, DoubleFunction<String> text) {
        String before = text.apply(was);
        String after = text.apply(is);
        return before.equals(after) ? "same" : (is > was ? "+" : "−") + text.apply(Math.abs(is - was));
    }

    private static String verdict(double was, double is, boolean moreIsBetter) {
        if (Math.abs(is - was) < NOTHING + Math.abs(was) * 0.005) {
            return "";
        }
        return is > was == moreIsBetter ? "better" : "worse";
    }

    private static String span(double hours) {
        return Moment.span(Duration.ofMillis(Math.round(hours * 3_600_000)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
    }
}
