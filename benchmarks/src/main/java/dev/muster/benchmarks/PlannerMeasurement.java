package dev.muster.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** One cycle of the planner on each shape of {@link PlannerBenchmark} and {@link WarmBenchmark}: its median, its 99th percentile, what it allocates. */
final class PlannerMeasurement {
    private PlannerMeasurement() {}

    static List<Figure> run() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("\\.(Planner|Warm)Benchmark\\.")
                        .mode(Mode.SampleTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(5))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(3))
                        .forks(1)
                        .jvmArgs("-Xms1g", "-Xmx1g")
                        .addProfiler(GCProfiler.class)
                        .build())
                .run().stream().flatMap(result -> figures(result).stream()).toList();
    }

    private static List<Figure> figures(RunResult result) {
        BenchmarkParams params = result.getParams();
        String name = "planner." + result.getPrimaryResult().getLabel()
                + params.getParamsKeys().stream()
                        .map(key -> "." + params.getParam(key))
                        .collect(Collectors.joining());
        Statistics times = result.getPrimaryResult().getStatistics();
        double allocated =
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        return List.of(
                new Figure(name, times.getPercentile(50) / 1e3, "ms"),
                new Figure(name + ".p99", times.getPercentile(99) / 1e3, "ms"),
                new Figure(name + ".allocated", allocated / (1 << 20), "MiB a cycle"));
    }
}
