package dev.muster.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** How long {@link MayBenchmark} takes: its median and its 99th percentile. */
final class MayMeasurement {
    private MayMeasurement() {}

    static List<Figure> run() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("\\.MayBenchmark\\.")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .forks(1)
                        .jvmArgs("-Xmx512m")
                        .build())
                .run().stream()
                        .flatMap(result -> {
                            Statistics times = result.getPrimaryResult().getStatistics();
                            return List.of(
                                    new Figure("may", times.getPercentile(50), "µs"),
                                    new Figure("may.p99", times.getPercentile(99), "µs"))
                                    .stream();
                        })
                        .toList();
    }
}
