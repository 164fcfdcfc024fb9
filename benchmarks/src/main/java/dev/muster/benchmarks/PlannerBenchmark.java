package dev.muster.benchmarks;

import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One cycle on a snapshot in memory; nothing is kept from one call to the next. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
    /** A team's cluster: 1,000 nodes, 10,000 waiting, 2,000 running. */
    @State(Scope.Benchmark)
    public static class Usual {
        final Snapshot snapshot = new PlannerWorld(1_000, 0.8, 2_000, 10_000, 500, 100).snapshot();
    }

    /** 10,000 nodes 95 % full in pieces, 200,000 pods running, 100,000 waiting of 5,000 shapes in 1,000 queues. */
    @State(Scope.Benchmark)
    public static class Fragmented {
        final Snapshot snapshot = new PlannerWorld(10_000, 0.95, 20_000, 100_000, 5_000, 1_000).snapshot();
    }

    /** The same with no two jobs alike. */
    @State(Scope.Benchmark)
    public static class NoneAlike {
        final Snapshot snapshot = new PlannerWorld(10_000, 0.95, 20_000, 100_000, 0, 1_000).snapshot();
    }

    /** Nothing can start: 1,000 nodes full, 320,000 waiting. */
    @State(Scope.Benchmark)
    public static class Steady {
        final Snapshot snapshot = new PlannerWorld(1_000, 1.0, 2_000, 320_000, 100, 100).snapshot();
    }

    @Benchmark
    public Plan cycle(Usual world) {
        return new Planner().plan(world.snapshot);
    }

    @Benchmark
    public Plan fragmented(Fragmented world) {
        return new Planner().plan(world.snapshot);
    }

    @Benchmark
    public Plan noneAlike(NoneAlike world) {
        return new Planner().plan(world.snapshot);
    }

    @Benchmark
    public Plan steady(Steady world) {
        return new Planner().plan(world.snapshot);
    }
}
