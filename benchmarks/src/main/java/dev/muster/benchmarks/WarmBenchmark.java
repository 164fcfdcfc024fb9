package dev.muster.benchmarks;

import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.WarmPlanner;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ten jobs come or go between one cycle and the next, on 1,000 nodes; the planner remembers. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WarmBenchmark {
    /** Whether jobs start or not: full nodes, of which nothing starts. */
    @State(Scope.Benchmark)
    public static class World {
        @Param({"1000", "10000", "100000", "1000000"})
        int pending;

        final WarmPlanner planner = new WarmPlanner();
        ChangingWorld changing = new ChangingWorld(PlannerWorld.full(1).snapshot());

        @Setup
        public void prepare() {
            changing = new ChangingWorld(PlannerWorld.full(pending).snapshot());
        }
    }

    /** A snapshot that differs from the last one by ten jobs. */
    @State(Scope.Benchmark)
    public static class Changed {
        Snapshot snapshot = PlannerWorld.full(1).snapshot();

        @Setup(Level.Invocation)
        public void change(World world) {
            world.changing.change(10);
            snapshot = world.changing.snapshot();
        }
    }

    /** The same full nodes by the standard policy, where each group of waiting jobs may take from others. */
    @State(Scope.Benchmark)
    public static class Evicting {
        @Param({"1000", "10000", "100000", "1000000"})
        int pending;

        final WarmPlanner planner = new WarmPlanner();
        ChangingWorld changing = new ChangingWorld(PlannerWorld.full(1).snapshotByStandardPolicy());

        @Setup
        public void prepare() {
            changing = new ChangingWorld(PlannerWorld.full(pending).snapshotByStandardPolicy());
        }
    }

    /** A snapshot that differs from the last one by ten jobs. */
    @State(Scope.Benchmark)
    public static class ChangedEvicting {
        Snapshot snapshot = PlannerWorld.full(1).snapshot();

        @Setup(Level.Invocation)
        public void change(Evicting world) {
            world.changing.change(10);
            snapshot = world.changing.snapshot();
        }
    }

    /** The plan alone, where jobs may give way. */
    @Benchmark
    public Plan warmEvicting(Evicting world, ChangedEvicting changed) {
        return world.planner.plan(changed.snapshot);
    }

    /** The plan alone. */
    @Benchmark
    public Plan warm(World world, Changed changed) {
        return world.planner.plan(changed.snapshot);
    }

    /** From the changed jobs to the snapshot. */
    @Benchmark
    public Snapshot change(World world) {
        world.changing.change(10);
        return world.changing.snapshot();
    }
}
