package dev.muster.benchmarks;

import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One cycle on a snapshot in memory; nothing is kept from one call to the next. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
    /** A team's cluster: 1,000 nodes, 10,000 waiting, 2,000 running. */
    @State(Scope.Benchmark)
    public static class Usual {
        final Snapshot snapshot = PlannerWorld.USUAL.snapshot();
    }

    /** 10,000 nodes 95 % full in pieces, 200,000 pods running, 100,000 waiting of 5,000 shapes in 1,000 queues. */
    @State(Scope.Benchmark)
    public static class Fragmented {
        final Snapshot snapshot = PlannerWorld.FRAGMENTED.snapshot();
    }

    /** The same with no two jobs alike. */
    @State(Scope.Benchmark)
    public static class NoneAlike {
        final Snapshot snapshot = PlannerWorld.NONE_ALIKE.snapshot();
    }

    /** Nothing can start: 1,000 nodes full, so many waiting of 100 shapes in 100 queues. */
    @State(Scope.Benchmark)
    public static class Steady {
        @Param({"1000", "10000", "100000", "320000", "1000000"})
        int pending;

        Snapshot snapshot = PlannerWorld.full(1).snapshot();

        @Setup
        public void prepare() {
            snapshot = PlannerWorld.full(pending).snapshot();
        }
    }

    /** The fragmented cluster, and a gang whose queue takes back what it deserves from 200 others. */
    @State(Scope.Benchmark)
    public static class Reclaim {
        final Snapshot snapshot = PlannerWorld.FRAGMENTED.snapshotWithReclaim();
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

    @Benchmark
    public Plan reclaim(Reclaim world) {
        return new Planner().plan(world.snapshot);
    }
}
