package dev.muster.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the service holds in memory, empty and with 100,000 jobs that the planner looks at. */
final class MemoryMeasurement {
    private static final int JOBS = 100_000;
    private static final int BATCH = 1_000;
    private static final double MEBIBYTE = 1 << 20;

    private MemoryMeasurement() {}

    static List<Figure> run(Service service) throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<HttpConnection> connections = service.connect(4);
        World.apply(connections.get(0));
        figures.add(new Figure("heap.empty", service.liveHeap() / MEBIBYTE, "MiB"));
        AtomicLong names = new AtomicLong();
        OpenLoop.run(
                connections.stream()
                        .<OpenLoop.Lane>map(connection -> i -> connection
                                .call(
                                        "POST",
                                        World.BATCH,
                                        World.batch(BATCH, job -> World.plannedJob("job-" + names.incrementAndGet())))
                                .expect(201))
                        .toList(),
                JOBS / BATCH,
                Double.POSITIVE_INFINITY);
        figures.add(new Figure("heap.100k", service.liveHeap() / MEBIBYTE, "MiB"));
        for (HttpConnection connection : connections) {
            connection.close();
        }
        return figures;
    }
}
