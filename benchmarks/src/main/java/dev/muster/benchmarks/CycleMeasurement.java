package dev.muster.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Planner;
import dev.muster.quota.plan.Snapshot;
import dev.muster.quota.plan.WarmPlanner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What one cycle takes of a processor, and where: time on the processor, not on the clock, so that it can be compared on a
 * machine that others use too.
 */
final class CycleMeasurement {
    private static final int WARM_UP = 15;
    private static final int CYCLES = 25;
    private static final int WARM_CYCLES = 400;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private CycleMeasurement() {}

    static List<Figure> run() throws IOException {
        List<Figure> figures = new ArrayList<>();
        cold(figures, "usual", PlannerWorld.USUAL.snapshot());
        cold(figures, "fragmented", PlannerWorld.FRAGMENTED.snapshot());
        cold(figures, "noneAlike", PlannerWorld.NONE_ALIKE.snapshot());
        cold(figures, "reclaim", PlannerWorld.FRAGMENTED.snapshotWithReclaim());
        for (int pending : new int[] {1_000, 10_000, 100_000, 320_000, 1_000_000}) {
            Snapshot snapshot = PlannerWorld.full(pending).snapshot();
            cold(figures, "steady." + pending, snapshot);
            warm(figures, pending, snapshot);
        }
        return figures;
    }

    private static void cold(List<Figure> figures, String world, Snapshot snapshot) throws IOException {
        Supplier<Plan> cycle = () -> new Planner().plan(snapshot);
        for (int i = 0; i < WARM_UP; i++) {
            cycle.get();
        }
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            tell(figures, "cycle." + world, cycle, () -> {}, CYCLES);
            recording.stop();
            shares(recording)
                    .forEach((part, share) ->
                            figures.add(new Figure("cycle." + world + "." + part, 100 * share, "% of the time")));
        }
    }

    private static void warm(List<Figure> figures, int pending, Snapshot snapshot) {
        ChangingWorld world = new ChangingWorld(snapshot);
        WarmPlanner planner = new WarmPlanner();
        Snapshot[] changed = {world.snapshot()};
        Runnable change = () -> {
            world.change(10);
            changed[0] = world.snapshot();
        };
        for (int i = 0; i < WARM_CYCLES; i++) {
            change.run();
            planner.plan(changed[0]);
        }
        tell(figures, "cycle.warm." + pending, () -> planner.plan(changed[0]), change, WARM_CYCLES);
    }

    /** The median of the time on the processor, and what is allocated. */
    private static void tell(List<Figure> figures, String name, Supplier<Plan> cycle, Runnable before, int times) {
        double[] millis = new double[times];
        long[] bytes = new long[times];
        for (int i = 0; i < times; i++) {
            before.run();
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long began = THREADS.getCurrentThreadCpuTime();
            Plan plan = cycle.get();
            millis[i] = (THREADS.getCurrentThreadCpuTime() - began) / 1e6;
            bytes[i] = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            if (plan.decisions().isEmpty()) {
                throw new IllegalStateException("A plan without decisions measures nothing");
            }
        }
        Arrays.sort(millis);
        Arrays.sort(bytes);
        figures.add(new Figure(name + ".cpu", millis[times / 2], "ms"));
        figures.add(new Figure(name + ".allocated", bytes[times / 2] / (double) (1 << 20), "MiB"));
    }

    /** Of the planner's parts, which part of the samples was taken in them or in what they called. */
    private static Map<String, Double> shares(Recording recording) throws IOException {
        Path file = Files.createTempFile("muster-cycles", ".jfr");
        try {
            recording.dump(file);
            Map<String, Double> samples = new TreeMap<>();
            int all = 0;
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                String part = partOf(event);
                if (part != null) {
                    samples.merge(part, 1.0, Double::sum);
                    all++;
                }
            }
            double sum = Math.max(1, all);
            samples.replaceAll((part, count) -> count / sum);
            return samples;
        } finally {
            Files.delete(file);
        }
    }

    /** The part nearest to the planner itself; null for a sample of something else. */
    private static @Nullable String partOf(RecordedEvent event) {
        String part = null;
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            String type = frame.getMethod().getType().getName();
            if (type.equals("dev.muster.quota.plan.Planner")) {
                return part;
            }
            if (type.startsWith("dev.muster.quota.plan.")) {
                String name = type.substring("dev.muster.quota.plan.".length());
                part = switch (name) {
                    case "Crowd", "Booking" -> name.toLowerCase(Locale.ROOT);
                    case "Ground", "World" -> part == null ? "ground" : part;
                    case "MakingRoom" -> "makingRoom";
                    case "Contest" -> "contest";
                    case "Reservations" -> "reservations";
                    case "Turns", "Groups" -> part == null ? "turns" : part;
                    default -> part;
                };
            }
        }
        return null;
    }
}
