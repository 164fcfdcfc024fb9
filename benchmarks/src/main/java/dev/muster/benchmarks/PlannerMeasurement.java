package dev.muster.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** One cycle of the planner on the shape of its written limit; the median of all cycles. */
final class PlannerMeasurement {
    private PlannerMeasurement() {}

    static List<Figure> run() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("\\.PlannerBenchmark\\.")
                        .mode(Mode.SampleTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(5))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(3))
                        .forks(1)
                        .build())
                .run().stream().flatMap(result -> figures(result).stream()).toList();
    }

    private static List<Figure> figures(RunResult result) {
        String method = result.getPrimaryResult().getLabel();
        var statistics = result.getPrimaryResult().getStatistics();
        return List.of(
                new Figure("planner." + method, statistics.getPercentile(50) / 1e3, "ms"),
                new Figure("planner." + method + ".p99", statistics.getPercentile(99) / 1e3, "ms"));
    }
}
